"""Defaults wherever Django, DRF, SimpleJWT and Celery have one. STATE names the folder that holds all that is written."""
import os
from datetime import timedelta
from pathlib import Path

STATE = Path(os.environ['STATE'])
SECRET_KEY = 'for tests only'
ALLOWED_HOSTS = ['127.0.0.1']
INSTALLED_APPS = [
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'rest_framework',
    'django_celery_results',
    'services',
]
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware', 'django.middleware.common.CommonMiddleware']
ROOT_URLCONF = 'config.urls'
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True}]
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': STATE / 'db.sqlite3',
        'OPTIONS': {'timeout': 30},
    }
}
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
# Gunicorn's processes count one throttle together.
CACHES = {'default': {'BACKEND': 'django.core.cache.backends.filebased.FileBasedCache', 'LOCATION': STATE / 'cache'}}
USE_TZ = True
MEDIA_ROOT = STATE / 'media'
MEDIA_URL = '/media/'

REST_FRAMEWORK = {
    'DEFAULT_AUTHENTICATION_CLASSES': ['rest_framework_simplejwt.authentication.JWTAuthentication'],
    'DEFAULT_PERMISSION_CLASSES': ['rest_framework.permissions.IsAuthenticated'],
}
SIMPLE_JWT = {
    'ACCESS_TOKEN_LIFETIME': timedelta(minutes=5),
    'REFRESH_TOKEN_LIFETIME': timedelta(days=14),
    'ROTATE_REFRESH_TOKENS': True,
}

CELERY_BROKER_URL = f'redis+socket://{STATE}/redis.sock'
CELERY_RESULT_BACKEND = 'django-db'
