"""The chat: a page in the browser where a question is asked and the page of the report stands beside the answer."""
