"""Who may keep an answer: nobody, where it was made for a signed-in person."""

from flask import Flask, Response, session


def init_app(app: Flask) -> None:
    """Mark every answer to a signed-in person that its view did not mark itself."""
    app.after_request(keep_private)


def keep_private(response: Response) -> Response:
    """Forbid keeping the answer when somebody is signed in and the view said nothing else."""
    if "Cache-Control" not in response.headers and "_user_id" in session:
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
    return response
