from rest_framework import serializers

from .models import Submission

FACE = ['image']
PASSPORT = ['passport_image']
CARD = ['front_id', 'back_id']
SELFIE = ['selfie_image']
FIELDS = {
    'authenticate_face': [*FACE, 'uuid'],
    'face_liveness': FACE,
    'register_face': FACE,
    'kyc_passport': [*SELFIE, *PASSPORT],
    'kyc_card': [*SELFIE, *CARD],
    'kyc_passport_with_background_check': [*SELFIE, *PASSPORT],
    'kyc_card_with_background_check': [*SELFIE, *CARD],
    'ocr_passport': PASSPORT,
    'ocr_card': CARD,
}


def form(names):
    class Form(serializers.ModelSerializer):
        # A model's default would make it optional. Absent in a form it is False.
        extend_data = serializers.BooleanField()

        class Meta:
            model = Submission
            fields = [*names, 'extend_data']
            extra_kwargs = {name: {'required': True, 'allow_null': False} for name in names}

    return Form


class PersonForm(serializers.ModelSerializer):
    class Meta:
        model = Submission
        fields = ['fullname', 'birth_date']
        extra_kwargs = {name: {'required': True, 'allow_null': False} for name in fields}


FORMS = {**{service: form(names) for service, names in FIELDS.items()}, 'background_check': PersonForm}
