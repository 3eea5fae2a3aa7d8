/** The app's own files: pages, and what they load. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { failures } from "../../shared/errors.ts";
import { type FirstFiles, firstFilesIn } from "./first-files.ts";
import type { AppEnv } from "./identity.ts";

/** What the pages are served from. */
export interface PageParts {
	/** Where the built web app lies. */
	readonly webDir: string;
	/** The path under which browsers see this server, with a slash at both ends. */
	readonly base: string;
	/** False where browsers must forget the app that they keep (`web/worker`). */
	readonly isAppKept: boolean;
}

/** Files whose name holds a hash of what is in them never change. */
const immutableAssets = "public, max-age=31536000, immutable";

/** Puts the pages behind all other routes. */
export function servePages(app: Hono<AppEnv>, { webDir, base, isAppKept }: PageParts): void {
	app.use("/assets/*", cacheControl(immutableAssets));
	app.use("/assets/*", serveStatic({ root: webDir, precompressed: true }));
	app.all("/assets/*", (c) => c.text(failures.not_found.say, 404));
	app.use("*", cacheControl("no-cache"));
	app.use("*", tellFirstFiles(firstFilesIn(webDir, base)));
	const page = pageBelow(base, webDir);
	if (page !== null) app.on("GET", ["/", "/index.html"], page);
	app.use("/embed.js", forAnyPage);
	if (!isAppKept) app.get("/sw.js", serveStatic({ root: webDir, path: "sw-off.js" }));
	app.use("*", serveStatic({ root: webDir, precompressed: true }));
	// Every other path is a page of the app, which shows what it does not know itself.
	app.get("*", page ?? serveStatic({ root: webDir, path: "index.html", precompressed: true }));
}

/**
 * The page as it must be below another path than `/`: it says where it lives, and loads its first
 * files from there; those find all others beside themselves. Null where it is right as built.
 */
function pageBelow(base: string, webDir: string) {
	if (base === "/") return null;
	return async (c: Context): Promise<Response> => {
		const built = await readFile(join(webDir, "index.html"), "utf8");
		const meta = `<meta name="weft-base" content="${base}" />`;
		const page = built
			.replace("<head>", `<head>\n\t\t${meta}`)
			.replace(/(src|href)="\/(?!\/)/g, `$1="${base}`);
		return c.html(page);
	};
}

/** A browser asks for them before it has read the page, and at once. */
function tellFirstFiles(firstFiles: FirstFiles) {
	return createMiddleware(async (c, next) => {
		await next();
		const isPage = c.res.headers.get("Content-Type")?.startsWith("text/html") === true;
		// The worker that keeps the page would hand the links of one path to another.
		const isShown = /^(document|iframe)$/.test(c.req.header("sec-fetch-dest") ?? "document");
		const links = c.res.ok && isPage && isShown ? await firstFiles(c.req.path) : null;
		if (links !== null) c.res.headers.set("Link", links);
	});
}

/** A page of another origin may load it: it is the same for everybody and holds nothing. */
const forAnyPage = createMiddleware(async (c, next) => {
	await next();
	c.res.headers.set("Access-Control-Allow-Origin", "*");
});

/** Sets how long a file may be kept, once it was found. */
function cacheControl(value: string) {
	return createMiddleware(async (c, next) => {
		await next();
		if (c.res.ok) c.res.headers.set("Cache-Control", value);
	});
}
