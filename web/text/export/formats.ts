/** The files in which a document leaves the room and comes into it. */

/** Formats by their names, with what their files are called. */
export const fileFormats = {
	markdown: { ending: "md", type: "text/markdown", endings: ["md", "markdown", "mdown", "mkd"] },
	html: { ending: "html", type: "text/html", endings: ["html", "htm", "xhtml"] },
	text: { ending: "txt", type: "text/plain", endings: ["txt", "text"] },
	delta: { ending: "json", type: "application/json", endings: ["json", "delta"] },
} as const;

/** The name of a format. */
export type FileFormat = keyof typeof fileFormats;

/** All of them, in the order in which they are offered. */
export const fileFormatNames: readonly FileFormat[] = ["markdown", "html", "text", "delta"];

/** A longer name of a file is cut; some systems take no more than 255 bytes. */
const nameLengthMax = 60;

/** By the ending of a file's name; what has none that is known is plain text. */
export function formatOfName(name: string): FileFormat {
	const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
	const isOf = (format: FileFormat) =>
		(fileFormats[format].endings as readonly string[]).includes(ending);
	return fileFormatNames.find(isOf) ?? "text";
}

/** A title as the name of a file, without what Windows, macOS or Linux refuse. */
export function fileNameOf(title: string, format: FileFormat): string {
	const clean = title
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it drops.
		.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, " ")
		.replace(/\s+/g, " ")
		.trim();
	const short = Array.from(clean).slice(0, nameLengthMax).join("");
	return `${short.replace(/^[. ]+|[. ]+$/g, "") || "document"}.${fileFormats[format].ending}`;
}
