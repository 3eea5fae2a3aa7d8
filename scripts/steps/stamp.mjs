/** Stamps: files in dist that say from what something was made. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./process.mjs";

/** The stamp of that name; fresh where it was written for the same content. */
export function stampOf(name, content) {
	const path = join(root, "dist/stamps", name);
	const hash = createHash("sha256").update(content).digest("hex");
	return {
		isFresh: () => existsSync(path) && readFileSync(path, "utf8") === hash,
		remove: () => rmSync(path, { force: true }),
		write: () => {
			mkdirSync(dirname(path), { recursive: true });
			writeFileSync(path, hash);
		},
	};
}
