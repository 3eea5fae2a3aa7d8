/**
 * The peers' pages: bundled once with the packages from their folder in `.cache`, and kept beside
 * them. Nothing of theirs is in our node_modules.
 */
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { type BoardPeerName, peerFolder } from "../../converge/systems/peers.ts";
import { projectFolder } from "../../converge/systems/project.ts";
import { view } from "./strokes.ts";

const sources = "scripts/bench/board";

const types: Readonly<Record<string, string>> = {
	".js": "text/javascript",
	".css": "text/css",
	".svg": "image/svg+xml",
};

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A board</title>
<style>
body { margin: 0; }
#board { position: relative; width: ${view.width}px; height: ${view.height}px; overflow: hidden; }
</style>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="board"></div>
<script type="module" src="/page.js"></script>
</body>
</html>
`;

/** Bundles a peer's page where that was not done yet; gives the folder. */
export async function builtPage(name: BoardPeerName): Promise<string> {
	const peer = peerFolder(name);
	const hash = createHash("sha256");
	for (const file of [`${name}.mjs`, "convert.ts", "strokes.ts"]) {
		hash.update(readFileSync(join(projectFolder(), sources, file)));
	}
	const folder = join(peer, `page-${hash.digest("hex").slice(0, 12)}`);
	if (existsSync(folder)) return folder;
	const draft = `${folder}.${randomBytes(4).toString("hex")}`;
	try {
		await bundle(name, peer, draft);
		if (!existsSync(folder)) await rename(draft, folder);
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return folder;
}

async function bundle(name: string, peer: string, outDir: string): Promise<void> {
	const { build } = await import("vite");
	const root = join(projectFolder(), sources);
	const beside = join(peer, "package.json");
	await build({
		root,
		configFile: false,
		logLevel: "error",
		mode: "production",
		define: { "process.env.NODE_ENV": '"production"', "process.env.IS_PREACT": '"false"' },
		plugins: [
			{
				name: "packages-of-the-peer",
				enforce: "pre",
				async resolveId(source, importer) {
					const isOurs = importer?.startsWith(root) === true && !importer.includes("node_modules");
					const isPackage = /^[@\w]/.test(source);
					return isOurs && isPackage ? this.resolve(source, beside, { skipSelf: true }) : null;
				},
			},
		],
		build: {
			outDir,
			emptyOutDir: true,
			cssCodeSplit: false,
			rollupOptions: {
				input: join(root, `${name}.mjs`),
				output: {
					entryFileNames: "page.js",
					assetFileNames: ({ names }) =>
						names.some((one) => one.endsWith(".css"))
							? "page.css"
							: "assets/[name]-[hash][extname]",
				},
			},
		},
	});
}

/** Answers a request of a peer's page: the page, its files, and the strokes as numbers. */
export function answerWith(
	{ folder, bytes }: { readonly folder: string; readonly bytes: Buffer },
	asked: IncomingMessage,
	answer: ServerResponse,
): void {
	const { pathname } = new URL(asked.url ?? "/", "http://host");
	if (pathname === "/") {
		answer.setHeader("content-type", "text/html; charset=utf-8");
		answer.end(page);
		return;
	}
	if (pathname === "/strokes.bin") {
		answer.end(bytes);
		return;
	}
	readFile(join(folder, pathname)).then(
		(file) => {
			const type = types[extname(pathname)] ?? "application/octet-stream";
			answer.setHeader("content-type", type);
			const isText = type !== "application/octet-stream";
			if (isText) answer.setHeader("content-encoding", "br");
			answer.end(isText ? brotliCompressSync(file) : file);
		},
		() => answer.writeHead(404).end(),
	);
}
