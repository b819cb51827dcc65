#!/usr/bin/env bash
# What a REST view can tell of a Celery task whose results django-celery-results keeps.
#
# Expected: every task that was accepted and has ended has a row, and a row can be rendered.
# Seen with Celery 5.2.6, django-celery-results 2.4.0 and Django REST Framework 3.14.0 of Debian 12, all defaults:
#     task        AsyncResult.status  rows  rendered by DRF
#     good        SUCCESS             1     {"status":"SUCCESS","result":{"score":0.5}}
#     queued      PENDING             0     (get_object_or_404: 404)
#     ignored     PENDING             0     (404 forever, although it ran and ended)
#     nan         SUCCESS             1     ValueError: Out of range float values are not JSON compliant (500 at each poll)
#     crashed     FAILURE             1     the column `traceback` is NULL: the reason is in the log alone
# A client that polls cannot tell a queue that is behind, an ignored task and an unknown ID apart; and a score of NaN, which
# json.dumps and the database accept, turns a finished check into a page of HTML that lasts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

wanted='python3-celery python3-django-celery-results python3-djangorestframework'
# shellcheck disable=SC2086
apt-get download -qq $(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances $wanted |
	grep -E '^python3-[a-z0-9.-]+$' | grep -vE '^python3-(minimal|distutils|lib2to3|dev)$' | sort -u) 2>/dev/null
for package in ./*.deb; do dpkg-deb -x "$package" root; done
version() { dpkg-deb -f ./"$1"_*.deb Version; }
[[ $(version python3-celery) == 5.2.6-* && $(version python3-django-celery-results) == 2.4.0-* && $(version python3-djangorestframework) == 3.14.0-* ]]
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages PYTHONWARNINGS=ignore

cat > show.py <<'PY'
import json

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=['django_celery_results'],
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}},
    USE_TZ=True,
)
django.setup()
from celery import Celery
from celery.contrib.testing.worker import start_worker
from celery.exceptions import Ignore
from django.core.management import call_command
from django_celery_results.models import TaskResult
from rest_framework.renderers import JSONRenderer

app = Celery('show', broker='memory://', backend='django-db')


@app.task
def check(how):
    if how == 'ignored':
        raise Ignore()
    if how == 'crashed':
        raise ConnectionError('the provider did not answer')
    return {'score': float('nan') if how == 'nan' else 0.5}


def rendered(row):
    try:
        return JSONRenderer().render({'status': row.status, 'result': json.loads(row.result)}).decode()
    except ValueError as error:
        return f'ValueError: {error}'


call_command('migrate', verbosity=0)
seen = {}
with start_worker(app, pool='solo', perform_ping_check=False, loglevel='CRITICAL'):
    tasks = {how: check.delay(how) for how in ('good', 'ignored', 'nan', 'crashed')}
    tasks['crashed'].get(timeout=60, propagate=False)  # The last one: all others have ended.
tasks['queued'] = check.delay('queued')
for how, task in tasks.items():
    rows = list(TaskResult.objects.filter(task_id=task.id))
    shown = [rendered(row) for row in rows if how != 'crashed'] + [f'traceback {row.traceback}' for row in rows if how == 'crashed']
    seen[how] = (task.status, len(rows), *shown)
    print(how, *seen[how], sep='\t')
assert seen == {
    'good': ('SUCCESS', 1, '{"status":"SUCCESS","result":{"score":0.5}}'),
    'queued': ('PENDING', 0),
    'ignored': ('PENDING', 0),
    'nan': ('SUCCESS', 1, 'ValueError: Out of range float values are not JSON compliant'),
    'crashed': ('FAILURE', 1, 'traceback None'),
}, 'CHANGED'
PY
/usr/bin/python3 show.py
echo 'As described'
