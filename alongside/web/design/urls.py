"""Pages about the pages: how they look, and how a reader would like them."""

from django.urls import path

from alongside.web.design.gallery import GalleryView, error_page

gallery_urls = [
    path("design/", GalleryView.as_view(), name="gallery"),
    path("design/errors/<slug:kind>/", error_page, name="gallery_error"),
]
