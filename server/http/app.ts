/** The HTTP side: pages, the API, health. Every answer carries the same safety headers. */
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { failures, toWeftError } from "../../shared/errors.ts";
import type { GuestCookies } from "../auth/guest.ts";
import { type HealthParts, healthRoutes } from "./health-routes.ts";
import { type AppEnv, identify, refuseForeignOrigins } from "./identity.ts";
import { type MeParts, meRoutes } from "./me-routes.ts";
import { photoRoutes } from "./photo-routes.ts";
import type { PhotoParts } from "./photo-uploads.ts";
import { type RoomParts, roomRoutes } from "./room-routes.ts";
import { safetyHeaders } from "./safety-headers.ts";

/** What the app is handed. */
export interface AppParts extends HealthParts, MeParts, PhotoParts, RoomParts {
	readonly cookies: GuestCookies;
	/** Where the built web app lies. */
	readonly webDir: string;
	/** Told of failures that are not the client's. */
	readonly reportError: (error: unknown) => void;
}

/** Files whose name holds a hash of what is in them never change. */
const immutableAssets = "public, max-age=31536000, immutable";

/** The whole HTTP application; hand its `fetch` to a server. */
export function createApp(parts: AppParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	app.use(safetyHeaders);
	app.onError((error, c) => {
		const { code } = toWeftError(error);
		if (code === "internal") parts.reportError(error);
		return c.json({ error: { code, message: failures[code].say } }, failures[code].status);
	});
	app.route("/", healthRoutes(parts));
	app.use("/api/*", refuseForeignOrigins);
	app.use("/api/*", identify(parts));
	app.route("/", meRoutes(parts));
	app.route("/", roomRoutes(parts));
	app.route("/", photoRoutes(parts));
	app.all("/api/*", (c) => {
		const { status, say } = failures.not_found;
		return c.json({ error: { code: "not_found", message: say } }, status);
	});
	servePages(app, parts.webDir);
	return app;
}

function servePages(app: Hono<AppEnv>, webDir: string): void {
	app.use("/assets/*", cacheControl(immutableAssets));
	app.use("/assets/*", serveStatic({ root: webDir, precompressed: true }));
	app.all("/assets/*", (c) => c.text(failures.not_found.say, 404));
	app.use("*", cacheControl("no-cache"));
	app.use("*", serveStatic({ root: webDir, precompressed: true }));
	// Every other path is a page of the app, which shows what it does not know itself.
	app.get("*", serveStatic({ root: webDir, path: "index.html", precompressed: true }));
}

/** Sets how long a file may be kept, once it was found. */
function cacheControl(value: string) {
	return createMiddleware(async (c, next) => {
		await next();
		if (c.res.ok) c.res.headers.set("Cache-Control", value);
	});
}
