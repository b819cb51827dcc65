"""Makes the database, with one account: its name and password are the arguments."""
import sys

import django
from django.core.management import call_command
from django.db import connection

django.setup()
call_command('migrate', run_syncdb=True, verbosity=0)
# Readers do not lock writers out.
connection.cursor().execute('PRAGMA journal_mode=WAL')

from django.contrib.auth.models import User  # noqa: E402

User.objects.create_user(sys.argv[1], password=sys.argv[2])
