from django.urls import path

from alongside.web.partnership.guidance import views

urlpatterns = [
    path("guidance/", views.guidance_versions, name="guidance_versions"),
    path("guidance/hand-over/", views.hand_over_guidance, name="hand_over_guidance"),
    path("guidance/publish/", views.publish_guidance, name="publish_guidance"),
    path("guidance/<int:version>/", views.guidance, name="guidance"),
    path("guidance/<int:version>/review/", views.review_guidance, name="review_guidance"),
]
