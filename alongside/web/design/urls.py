"""Pages about the pages: how they look, and how a reader would like them."""

from django.urls import path

from alongside.web.design.gallery import error_page, gallery

gallery_urls = [
    path("design/", gallery, name="gallery"),
    path("design/errors/<slug:kind>/", error_page, name="gallery_error"),
]
