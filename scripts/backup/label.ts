/** The file that says that a folder is a whole backup, and of when: `backup.json`. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BackupError } from "./options.ts";

const formatNumber = 1;
const count = z.number().int().nonnegative();

const schema = z.object({
	format: z.number(),
	madeAtMs: z.number(),
	roomCount: count,
	photoCount: count,
	entryCount: count,
});

/** What a backup says of itself. */
export type Label = Omit<z.infer<typeof schema>, "format">;

/** A label as the content of its file. */
export function writeLabel(label: Label): string {
	return `${JSON.stringify({ format: formatNumber, ...label }, null, "\t")}\n`;
}

/**
 * The label of a backup.
 *
 * @throws BackupError where the folder is none, one of a later version, or cannot be read
 */
export async function readLabel(folder: string): Promise<Label> {
	const text = await readFile(join(folder, "backup.json"), "utf8").catch(
		(error: NodeJS.ErrnoException) => {
			if (error.code === "ENOENT") return "null";
			throw new BackupError(`${folder} cannot be read: ${error.message}`);
		},
	);
	const parsed = schema.safeParse(parse(text));
	if (!parsed.success) throw new BackupError(`${folder} is no backup: it has no backup.json.`);
	const { format, ...label } = parsed.data;
	if (format === formatNumber) return label;
	throw new BackupError(`${folder} was made by another version of Weft (format ${format}).`);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null; // Half a file is no label.
	}
}
