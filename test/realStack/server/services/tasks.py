"""The answers of a check's provider. A photo's comment chooses the outcome of its task; without one the task passes."""
import os
import signal
import time

from celery import shared_task
from celery.exceptions import Ignore, Reject
from PIL import Image

from .models import Face, Submission

LIVE = {'data': {'score': 2.5943651, 'quality': 0.8175214, 'probability': 0.930498}, 'result': True}
DOCUMENT = {
    'is_valid': True,
    'is_expired': False,
    'dateOfBirth': '1990-9-4',
    'age': 36,
    'firstName': 'JANE',
    'lastName': 'DOE',
    'dateOfIssue': 'None-None-None',
    'dateOfExpiry': '2099-9-25',
    'documentNumber': 'XX000000',
    'sex': 'F',
    'nationality': 'UKRAINIAN',
}
BACKGROUND = {'potential_match': False, 'risk_level': 'unknown', 'total_matches': 0, 'hits': []}


def answer(submission):
    service = submission.service
    if service == 'register_face':
        return {'uuid': str(Face.objects.create(submission=submission).uuid)}
    if service == 'authenticate_face':
        known = Face.objects.filter(uuid=submission.uuid).exists()
        percent = '100.0' if known else '0.0'
        scores = {'matchScore': str(float(percent) / 5), 'scorePercent': percent}
        return {'authentication': {'result': known, 'data': scores}, 'liveness': LIVE}
    if service == 'face_liveness':
        return {'liveness': LIVE}
    if service == 'background_check':
        return {'background_check': BACKGROUND}
    return {
        'document': DOCUMENT,
        **({'compare': True, 'liveness': True} if service.startswith('kyc') else {}),
        **({'background_check': BACKGROUND} if service.endswith('background_check') else {}),
    }


def no_face(task):
    error = {'error': 'Failed to detect face', 'error_code': 'FACE_NOT_FOUND'}
    issues = {'liveness': {error['error_code']: error['error']}}
    return {'status': 400, 'data': {'liveness': {'data': error, 'result': False}, 'issues': issues}}


def nan(task):
    numbers = {'score': float('nan'), 'quality': 0.8175214, 'probability': float('nan')}
    return {'status': 200, 'data': {'liveness': {'data': numbers, 'result': True}}}


def progress(task):
    task.update_state(state='PROGRESS', meta={'current': 1, 'total': 2})
    time.sleep(2)


def crash(task):
    raise ConnectionError('the provider did not answer')


def retry(task):
    if task.request.retries == 0:
        raise task.retry(exc=ConnectionError('the provider is busy'), countdown=2)


def ignore(task):
    raise Ignore()


def reject(task):
    raise Reject('not wanted', requeue=False)


def die(task):
    os.kill(os.getpid(), signal.SIGKILL)


def slow(task):
    time.sleep(120)


def empty(task):
    return {}


FATES = {fate.__name__: fate for fate in (no_face, nan, progress, crash, retry, ignore, reject, die, slow, empty)}


@shared_task(bind=True, max_retries=3)
def check(self, pk):
    submission = Submission.objects.get(pk=pk)
    photo = submission.image or submission.selfie_image
    comment = Image.open(photo).info.get('comment', b'').decode() if photo else ''
    said = FATES[comment](self) if comment in FATES else None
    return said if said is not None else {'status': 200, 'data': answer(submission)}
