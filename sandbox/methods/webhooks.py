"""setWebhook and its kin."""

from urllib.parse import urlsplit

from sandbox.errors import bad_request
from sandbox.methods.request import Method, Request
from sandbox.state import Json
from sandbox.updates import Webhook


def set_webhook(request: Request) -> bool:
    """Deliver by HTTP; an empty url goes back to getUpdates. The sandbox allows http:// to this machine."""
    queue, url = request.bot.queue, request.text("url")
    if request.flag("drop_pending_updates"):
        queue.drop_pending()
    if not url:
        queue.remove_webhook()
        return True
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    queue.allow(request.get("allowed_updates"))
    queue.set_webhook(Webhook(url, request.get("secret_token"), max_connections=request.number("max_connections", 40)))
    return True


def delete_webhook(request: Request) -> bool:
    """Go back to getUpdates."""
    if request.flag("drop_pending_updates"):
        request.bot.queue.drop_pending()
    request.bot.queue.remove_webhook()
    return True


def get_webhook_info(request: Request) -> Json:
    """WebhookInfo."""
    queue = request.bot.queue
    value: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(queue)}
    if queue.allowed is not None:
        value["allowed_updates"] = sorted(queue.allowed)
    webhook = queue.webhook
    if webhook is not None:
        value |= {"url": webhook.url, "max_connections": webhook.max_connections}
        if webhook.last_error_date is not None:
            value["last_error_date"] = webhook.last_error_date
            value["last_error_message"] = webhook.last_error_message
    return value


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
