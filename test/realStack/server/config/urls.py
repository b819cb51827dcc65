"""One API for each variant of a server that a test asks for; its name is the first part of the path."""
from django.urls import include, path
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from services import views
from services.serializers import FORMS, ShortTokenSerializer


def api(task=views.TaskRowView, obtain=None, throttle=(), **submit):
    """The API, with another view of tasks, serializer of logins, throttle (of all but logins), or way to take uploads."""
    throttled = {'throttle_classes': throttle}
    forms = [
        path(f'services/{service}/', views.SubmitView.as_view(service=service, **{**throttled, **submit}))
        for service in FORMS
    ]
    return include([
        path('accounts/token/obtain/', TokenObtainPairView.as_view(**({'serializer_class': obtain} if obtain else {}))),
        path('accounts/token/refresh/', TokenRefreshView.as_view()),
        path('services/task/', task.as_view(**throttled)),
        *forms,
    ])


urlpatterns = [
    path('api/v3/', api()),
    path('shortTokens/api/v3/', api(obtain=ShortTokenSerializer)),
    path('text/api/v3/', api(task=views.TaskTextView)),
    path('asyncResult/api/v3/', api(task=views.AsyncResultView)),
    path('backlog/api/v3/', api(queue='backlog')),
    path('late/api/v3/', api(delay=3)),
    path('throttledUploads/api/v3/', api(throttle_classes=[views.UploadsPerSecond])),
    path('throttledMinute/api/v3/', api(throttle=[views.RequestsPerMinute])),
]
