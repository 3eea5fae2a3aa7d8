/** For those who watch the server: is it up, is it ready, what does it do. */
import { Hono } from "hono";
import type { AppEnv } from "./identity.ts";

/** What these routes are handed. */
export interface HealthParts {
	/** False while the store fails or the server stops. */
	readonly isReady: () => boolean;
	/** Figures as Prometheus reads them, and their content type. */
	readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

/** `GET /healthz`, `GET /readyz`, `GET /metrics`. */
export function healthRoutes({ isReady, metrics }: HealthParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	app.get("/healthz", (c) => c.text("ok\n"));
	app.get("/readyz", (c) => (isReady() ? c.text("ok\n") : c.text("not ready\n", 503)));
	app.get("/metrics", async (c) => {
		const { type, text } = await metrics();
		return c.body(text, 200, { "Content-Type": type });
	});
	return app;
}
