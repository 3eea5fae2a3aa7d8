/** The page of the chat, with as much of the server's API as photos want. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ServedPage, serveTestPage } from "../../fixtures/app/test-page.ts";

/** A picture of one pixel. */
export const dotPng = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ" +
		"RU5ErkJggg==",
	"base64",
);

/** What the server says of any picture. */
const received = {
	blob: "0".repeat(64),
	type: "image/png",
	width: 1,
	height: 1,
	bytes: dotPng.length,
	receivedAtMs: 1,
};

/** Serves it; close it after the last test. */
export function serveChatPage(): Promise<ServedPage> {
	const policy = "default-src 'self'; img-src 'self' data: blob:";
	return serveTestPage({ root: import.meta.dirname, policy, answer: answerPhoto });
}

function answerPhoto({ method }: IncomingMessage, response: ServerResponse): void {
	const isUpload = method === "PUT";
	const type = isUpload ? "application/json" : "image/png";
	response.writeHead(isUpload ? 201 : 200, { "content-type": type });
	response.end(isUpload ? JSON.stringify(received) : dotPng);
}
