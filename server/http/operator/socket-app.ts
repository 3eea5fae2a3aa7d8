/** How routes of the operator's socket fail: by the code of the failure, as those of the API do. */
import { Hono } from "hono";
import { failures, toWeftError } from "../../../shared/errors.ts";

/** An app to put such routes on. `reportError` is told of failures that are not the caller's. */
export function socketApp(reportError: (error: unknown) => void): Hono {
	const app = new Hono();
	app.onError((error, c) => {
		const { code, message } = toWeftError(error);
		const { status } = failures[code];
		if (status >= 500) reportError(error);
		return c.json({ error: { code, message } }, status);
	});
	return app;
}
