"""What kind of device a browser says it is, in words somebody can recognise."""

KINDS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android phone or tablet", "Windows": "Windows computer", "Mac OS": "Mac", "Linux": "Linux computer"}
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "SamsungBrowser/": "Samsung Internet", "Chrome/": "Chrome", "Safari/": "Safari"}


def device_in_words(user_agent: str) -> str:
    """
    >>> device_in_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0")
    'Edge on a Windows computer'
    >>> device_in_words("curl/8.0")
    'A device that did not say what it is'
    """
    kind = next((words for mark, words in KINDS.items() if mark in user_agent), "")
    browser = next((words for mark, words in BROWSERS.items() if mark in user_agent), "")
    if not (kind and browser):
        return "A device that did not say what it is"
    return f"{browser} on {'an' if kind[0] in 'Ai' else 'a'} {kind}"
