/** The bundler's part of the service worker: tells it the name of every file of the build. */
import type { Plugin } from "vite";

/** Entries that keep their name: a browser asks for a service worker by its address. */
export const workerEntries: Readonly<Record<string, string>> = {
	sw: "worker/service-worker.ts",
	"sw-off": "worker/service-worker-off.ts",
};

/** Puts `weftBuild` in front of the worker once all other files are there. */
export function precache(): Plugin {
	return {
		name: "weft-precache",
		enforce: "post",
		async generateBundle(_options, bundle) {
			const worker = bundle["sw.js"];
			if (worker?.type !== "chunk") throw new Error("the build has no service worker");
			const page = bundle["index.html"];
			const files = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
			const source = page?.type === "asset" ? String(page.source) : "";
			const version = await hashOf([source, worker.code, ...files.sort()].join("\n"));
			worker.code = `const weftBuild=${JSON.stringify({ version, files })};\n${worker.code}`;
		},
	};
}

async function hashOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	const bytes = [...new Uint8Array(digest, 0, 8)];
	return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
