"""Error answers as problem documents (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Builds the answer. `detail` is for the caller: no internals, no stack trace."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def answer_with_problems(app: FastAPI) -> None:
    """Makes every error of the app, also 404 and 405, a problem document."""

    @app.exception_handler(HTTPException)
    async def expected(request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, error.detail, error.headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        return problem(500, "The request could not be processed.")
