"""Events that more than one template asks for, with the names that they usually have."""

from phdesk.core.templates.parts import Slot

ACTIVE = Slot(
    id="active",
    label="Somebody uses the product",
    hint="An event of nearly every visit.",
    guesses=("app_opened", "$pageview", "$screen", "page_viewed", "session_started"),
)
VISIT = Slot(
    id="visit",
    label="Somebody visits",
    hint="The first thing you know of a person.",
    guesses=("$pageview", "page_viewed", "$screen", "app_opened"),
)
SIGNUP = Slot(
    id="signup",
    label="Somebody signs up",
    guesses=("signed_up", "user_signed_up", "sign_up", "signup", "account_created", "registered"),
)
ACTIVATED = Slot(
    id="activated",
    label="Somebody gets value for the first time",
    hint="What makes people stay: a first project, a first report.",
    guesses=(
        "onboarding_completed",
        "activated",
        "project_created",
        "first_project_created",
        "insight_saved",
    ),
)
PAID = Slot(
    id="paid",
    label="A customer pays",
    guesses=(
        "invoice_paid",
        "payment_succeeded",
        "subscription_started",
        "purchase",
        "order_completed",
        "checkout_completed",
    ),
)
CANCELLED = Slot(
    id="cancelled",
    label="A customer cancels",
    guesses=("subscription_cancelled", "subscription_canceled", "churned", "account_deleted"),
    required=False,
)
