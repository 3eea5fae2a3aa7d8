/** The files that a page of the app will ask for, told along with it: they come in one round. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { surfaceNames } from "../../shared/awareness.ts";
import { parseRoomSegment } from "../../shared/ids.ts";

/** What the bundler writes of each file (Vite, `build.manifest`). */
const manifestShape = z.record(
	z.string(),
	z.object({
		file: z.string(),
		name: z.string().optional(),
		imports: z.array(z.string()).optional(),
		css: z.array(z.string()).optional(),
	}),
);
type Manifest = z.infer<typeof manifestShape>;

/** Gives the `Link` header of a page by its path below the base; null where nothing is known. */
export type FirstFiles = (path: string) => Promise<string | null>;

/** Without what the build tells, pages ask for their files one after another. */
export function firstFilesIn(webDir: string, base: string): FirstFiles {
	const headers = new Map<string, string>();
	let knownText = "";
	let manifest: Manifest = {};
	return async (path) => {
		// Read each time: a newer build may take the place of this one while we run.
		const text = await readFile(join(webDir, "first-files.json"), "utf8").catch(() => "{}");
		if (text !== knownText) {
			manifest = parseManifest(text);
			knownText = text;
			headers.clear();
		}
		const chunks = chunksOf(path);
		const key = chunks.join();
		const links = headers.get(key) ?? linksTo(manifest, chunks, base);
		headers.set(key, links);
		return links === "" ? null : links;
	};
}

/** Empty where it is just being written: it is only told to be quicker. */
function parseManifest(text: string): Manifest {
	try {
		return manifestShape.safeParse(JSON.parse(text)).data ?? {};
	} catch {
		return {}; // Half a file.
	}
}

/** The names of the bundler's files (web/chunks.ts) that a page begins with, besides the first. */
function chunksOf(path: string): readonly string[] {
	const [first, room, surface] = path.split("/").filter((part) => part !== "");
	if (first === undefined) return ["home"];
	if (first !== "r" || room === undefined || parseRoomSegment(room) === null) return [];
	const shown = surfaceNames.find((name) => name === surface);
	return shown === undefined ? ["room"] : ["room", shown];
}

function linksTo(manifest: Manifest, chunks: readonly string[], base: string): string {
	const entries = Object.values(manifest);
	const wanted = new Set(entries.filter(({ name }) => name && chunks.includes(name)));
	for (const { imports = [] } of wanted) {
		for (const key of imports) {
			const next = manifest[key];
			if (next !== undefined) wanted.add(next);
		}
	}
	const links = [...wanted].flatMap(({ file, css = [] }) => [
		`<${base}${file}>; rel=modulepreload; crossorigin`,
		...css.map((sheet) => `<${base}${sheet}>; rel=preload; as=style; crossorigin`),
	]);
	return links.join(", ");
}
