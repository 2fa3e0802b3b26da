"""Where one signs in and looks after one's account. Of the library's pages only these exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from alongside.web.entrance import library_page
from alongside.web.sign_in import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", library_page(account.login), name="account_login"),
    path("sign-in/second-step/", library_page(second_step.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", library_page(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/set-up-second-step/", views.set_up_second_step, name="set_up_second_step"),
    path("sign-in/forgotten-password/", library_page(account.password_reset), name="account_reset_password"),
    path("sign-in/forgotten-password/sent/", library_page(account.password_reset_done), name="account_reset_password_done"),
    re_path(r"^sign-in/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", library_page(account.password_reset_from_key), name="account_reset_password_from_key"),
    path("sign-in/new-password/saved/", library_page(account.password_reset_from_key_done), name="account_reset_password_from_key_done"),
    path("sign-in/welcome/<str:token>/", views.welcome, name="welcome"),
    path("sign-in/not-active/", library_page(account.account_inactive), name="account_inactive"),
    path("sign-out/", library_page(account.logout), name="account_logout"),
    path("leave/", views.quick_exit, name="quick_exit"),
    path("display/", views.display, name="display"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("account/", views.account, name="account"),
    path("account/sessions/", views.my_sessions, name="account_sessions"),
    path("account/still-here/", views.still_here, name="still_here"),
    path("account/password/", library_page(account.password_change), name="account_change_password"),
    path("account/first-password/", library_page(account.password_set), name="account_set_password"),
    path("account/confirm/", library_page(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", library_page(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("account/confirm/passkey/", library_page(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/second-step/", library_page(second_step.index), name="mfa_index"),
    path("account/second-step/app/", library_page(app.activate_totp), name="mfa_activate_totp"),
    path("account/second-step/app/remove/", library_page(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-step/passkeys/", library_page(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("account/second-step/passkeys/add/", library_page(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/second-step/passkeys/<int:pk>/remove/", library_page(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/recovery-codes/", library_page(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", library_page(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", library_page(recovery_codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
