"""No host of ours: the middleware answers before any path is looked up."""

urlpatterns: list[object] = []
handler404 = "kolektor.config.views.not_found"
handler500 = "kolektor.config.views.server_error"
