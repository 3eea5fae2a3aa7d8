/** The real photos beside the project, where they are there, and what must become of each. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { FailureCode } from "../../../shared/errors.ts";

/** The folder of real and hostile photos; tests that need it are skipped by name without it. */
export const photoFolder = join(import.meta.dirname, "../../../../shared/data/photos");

/** True where the folder is there. */
export const hasPhotos = existsSync(photoFolder);

/** Every file of the folder, as `folder/name`. */
export function photoFiles(): string[] {
	if (!hasPhotos) return [];
	const names = readdirSync(photoFolder, { recursive: true, withFileTypes: true });
	return names
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(photoFolder.length + 1))
		.sort();
}

const refusedByFolder: Readonly<Record<string, FailureCode>> = {
	bombs: "photo_too_many_pixels",
	polyglots: "photo_unsupported",
	"pngsuite-broken": "photo_broken",
	"libpng-crashers": "photo_broken",
};

/** What a file must be refused with; null where it must be shown. */
export function refusalOf(file: string): FailureCode | null {
	if (file === "README.md") return "photo_unsupported";
	if (basename(file) === "truncated.jpg") return "photo_broken";
	// Despite its folder a good picture: its strange chunks are empty, not too large.
	if (basename(file) === "empty_ancillary_chunks.png") return null;
	return refusedByFolder[file.split("/")[0] ?? ""] ?? null;
}
