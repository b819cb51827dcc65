import json
import time

from celery.result import AsyncResult
from django.shortcuts import get_object_or_404
from django_celery_results.models import TaskResult
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from .serializers import FORMS
from .tasks import check


class SubmitView(APIView):
    """Stores an upload and queues its check. `delay`: seconds from then to the answer."""
    service = None
    queue = None
    delay = 0

    def post(self, request):
        form = FORMS[self.service](data=request.data)
        form.is_valid(raise_exception=True)
        submission = form.save(service=self.service)
        check.apply_async([submission.pk], task_id=str(submission.task_id), queue=self.queue)
        time.sleep(self.delay)
        return Response({'id': submission.task_id})


class TaskRowView(APIView):
    """Looks a task up in django-celery-results' table, which has a row when there is something to say."""
    def get(self, request):
        row = get_object_or_404(TaskResult, task_id=request.query_params.get('id'))
        return Response({'id': row.pk, 'status': row.status, 'result': self.read(row.result)})

    @staticmethod
    def read(result):
        return json.loads(result) if result else None


class TaskTextView(TaskRowView):
    """Returns the column `result` as it is: JSON in a text."""
    @staticmethod
    def read(result):
        return result


class AsyncResultView(APIView):
    """Asks Celery, which calls a task pending that it has never heard of."""
    def get(self, request):
        task = AsyncResult(request.query_params.get('id'))
        return Response({'id': task.id, 'status': task.status, 'result': task.result})


class UploadsPerSecond(UserRateThrottle):
    scope = 'uploads'
    rate = '3/second'
