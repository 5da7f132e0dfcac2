"""What people think with before they write: read over HTTP, for it is the same in every room of one language."""

from fastapi import APIRouter, Response

from app.ideas.prompts import prompts_in

router = APIRouter(prefix="/api/ideas")


@router.get("/prompts")
async def prompts(language: str = "en-GB") -> Response:
    """Change concepts in this language, each with the question that it asks."""
    body = prompts_in(language).model_dump_json()
    return Response(body, media_type="application/json", headers={"Cache-Control": "public, max-age=3600"})
