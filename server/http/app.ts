/** The HTTP side: pages, the API, health. Every answer carries the same safety headers. */
import { Hono } from "hono";
import { failures, toWeftError } from "../../shared/errors.ts";
import { mintEntryId } from "../../shared/ids.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import { type ChangeRateParts, limitChanges } from "./change-rate.ts";
import { type HealthParts, healthRoutes } from "./health-routes.ts";
import {
	type AppEnv,
	type IdentityParts,
	identify,
	keepToken,
	refuseForeignOrigins,
} from "./identity.ts";
import { type MeParts, meRoutes } from "./me-routes.ts";
import { type OperatorParts, operatorRoutes } from "./operator/page-routes.ts";
import { type PageParts, servePages } from "./pages.ts";
import { type LoginParts, loginRoutes } from "./people/login-routes.ts";
import { photoRoutes } from "./photo-routes.ts";
import type { PhotoUploads } from "./photo-uploads.ts";
import { type AccessParts, accessRoutes } from "./rooms/access-routes.ts";
import { type ClearedParts, clearedRoutes } from "./rooms/cleared.ts";
import { allow, enterRoom } from "./rooms/gate.ts";
import { type RoomParts, roomRoutes } from "./rooms/room-routes.ts";
import { type SafetyParts, safetyHeaders } from "./safety-headers.ts";

/** What the app is handed. */
export interface AppParts
	extends AccessParts,
		ChangeRateParts,
		ClearedParts,
		HealthParts,
		IdentityParts,
		LoginParts,
		MeParts,
		OperatorParts,
		PageParts,
		RoomParts,
		SafetyParts {
	/** Where other devices reach this server, likeliest first; none where they cannot. */
	readonly networkUrls: () => readonly string[];
	readonly blobs: BlobStore;
	readonly uploads: PhotoUploads;
	/** Told of failures that are not the client's, and by which id the client was told of one. */
	readonly reportError: (error: unknown, id?: string) => void;
}

/** The whole HTTP application; hand its `fetch` to a server. */
export function createApp(parts: AppParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	app.use(safetyHeaders(parts));
	app.onError((error, c) => {
		const { code } = toWeftError(error);
		const { status, say } = failures[code];
		if (status !== 500) return c.json({ error: { code, message: say } }, status);
		const id = mintEntryId(parts.random);
		parts.reportError(error, id);
		return c.json({ error: { code, message: say, id } }, status);
	});
	app.route("/", healthRoutes(parts));
	app.use("/api/*", refuseForeignOrigins);
	app.use("/api/*", limitChanges(parts));
	app.use("/api/*", identify(parts));
	app.route("/", loginRoutes(parts));
	app.route("/", meRoutes(parts));
	app.route("/", operatorRoutes(parts));
	app.route("/", accessRoutes(parts));
	app.use("/api/rooms/:room/*", enterRoom(parts.rights.admit));
	app.route("/", roomRoutes(parts));
	app.route("/", clearedRoutes(parts));
	app.put("/api/rooms/:room/photos/:id", allow("photos", parts.rights.admit));
	app.route("/", photoRoutes(parts, parts.uploads));
	app.get("/api/network", (c) =>
		c.json({ urls: parts.networkUrls() }, 200, { "Cache-Control": "no-store" }),
	);
	app.all("/api/*", (c) => {
		const { status, say } = failures.not_found;
		return c.json({ error: { code: "not_found", message: say } }, status);
	});
	app.use("*", keepToken(parts));
	servePages(app, parts);
	return app;
}
