"""One API for each variant of a server that a test asks for; its name is the first part of the path."""
from django.urls import include, path
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from services import views
from services.serializers import FORMS


def api(task=views.TaskRowView, **submit):
    """The API, with another view of tasks, or way to accept uploads."""
    forms = [path(f'services/{service}/', views.SubmitView.as_view(service=service, **submit)) for service in FORMS]
    return include([
        path('accounts/token/obtain/', TokenObtainPairView.as_view()),
        path('accounts/token/refresh/', TokenRefreshView.as_view()),
        path('services/task/', task.as_view()),
        *forms,
    ])


urlpatterns = [
    path('api/v3/', api()),
    path('text/api/v3/', api(task=views.TaskTextView)),
    path('asyncResult/api/v3/', api(task=views.AsyncResultView)),
    path('backlog/api/v3/', api(queue='backlog')),
    path('late/api/v3/', api(delay=3)),
    path('throttledUploads/api/v3/', api(throttle_classes=[views.UploadsPerSecond])),
]
