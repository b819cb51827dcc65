import uuid

from django.db import models


class Photo(models.ImageField):
    def __init__(self, **kwargs):
        super().__init__(**{'upload_to': 'images/services/', 'null': True, **kwargs})


class Submission(models.Model):
    """An accepted upload, which is billed."""
    service = models.CharField(max_length=50)
    task_id = models.UUIDField(unique=True, default=uuid.uuid4)
    image = Photo()
    selfie_image = Photo()
    passport_image = Photo()
    front_id = Photo()
    back_id = Photo()
    uuid = models.UUIDField(null=True)
    fullname = models.CharField(max_length=255, null=True)
    birth_date = models.DateField(null=True)
    extend_data = models.BooleanField(default=False)


class Face(models.Model):
    """A registered face. Its UUID is of version 1, as in Progeny's sample."""
    uuid = models.UUIDField(unique=True, default=uuid.uuid1)
    submission = models.OneToOneField(Submission, models.CASCADE)
