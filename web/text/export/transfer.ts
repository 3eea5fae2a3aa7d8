/** Saves the document as a file, and takes files into it. */
import type Quill from "quill/core";
import { Delta } from "quill/core";
import { lineKinds } from "../../../shared/surfaces/text.ts";
import { roomTitle } from "../../sync/access/room-title.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/text-words/files.ts";
import { download } from "../../ui/take-out.ts";
import type { RoomClipboard } from "../quill/clipboard.ts";
import type { TransferAct } from "../tools/page-menu.ts";
import {
	type FileFormat,
	fileFormatNames,
	fileFormats,
	fileNameOf,
	formatOfName,
} from "./formats.ts";
import { photoNamesOf } from "./photo-names.ts";
import {
	decodeText,
	type ImportRefusal,
	importBytesMax,
	readDelta,
	readPlain,
	type Taken,
} from "./read-file.ts";
import { readMarkdown } from "./read-markdown.ts";
import { writeFile } from "./write-file.ts";

/** What a document's files need of its editor. */
export interface TransferParts {
	readonly client: RoomClient;
	readonly quill: Quill;
	/** Says something to the person. */
	readonly tell: (text: string) => void;
}

const refusals = {
	tooLarge: "text.importTooLarge",
	unreadable: "text.importUnreadable",
	noDocument: "text.importNoDocument",
} as const satisfies Record<ImportRefusal, string>;

/** Does what is asked; `isOver` is true once the document is gone. */
export async function transfer(
	parts: ImportParts,
	act: TransferAct,
	isOver: () => boolean,
): Promise<void> {
	if (act.kind === "save") return saveDocument(parts, act.format);
	if (act.kind === "import") return importFile(parts, isOver);
	const { openCleared } = await import("../../presence/cleared/cleared.ts");
	openCleared(parts.client);
}

/** Hands the document over as a file that is called as the room is. */
async function saveDocument(parts: TransferParts, format: FileFormat): Promise<void> {
	const { client, quill } = parts;
	const title = roomTitle(client);
	const photos = await photoNamesOf(client);
	const language = document.documentElement.lang || "en";
	const text = writeFile(format, withoutEmptyEnd(quill.getContents()).ops, {
		title,
		language,
		photos,
	});
	download(new Blob([text], { type: fileFormats[format].type }), fileNameOf(title, format));
}

/** Quill's own last line, where nothing stands in it, is none of the document's. */
function withoutEmptyEnd(contents: Delta): Delta {
	const last = contents.ops.at(-1);
	const isEmptyEnd = typeof last?.insert === "string" && /(^|\n)\n$/.test(last.insert);
	if (!isEmptyEnd || last.attributes !== undefined) return contents;
	return contents.slice(0, contents.length() - 1);
}

/** What a file is put into. */
export interface ImportParts extends TransferParts {
	/** See `EditorSession.remember`. */
	readonly remember: (index: number) => () => number;
}

/** Lets the person pick a file, and puts it where they are. */
async function importFile(parts: ImportParts, isOver: () => boolean): Promise<void> {
	const { quill } = parts;
	const findIndex = parts.remember(quill.selection.savedRange.index);
	const file = await pickFile();
	if (file === null || isOver()) return;
	await takeFile(parts, file, findIndex);
	if (!isOver()) quill.focus({ preventScroll: true });
}

/** Lets the person pick a file; null where they chose none. */
function pickFile(): Promise<File | null> {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = fileFormatNames
		.flatMap((format) => fileFormats[format].endings.map((ending) => `.${ending}`))
		.join(",");
	return new Promise((resolve) => {
		input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
		input.addEventListener("cancel", () => resolve(null));
		input.click();
	});
}

/**
 * Puts what is in a file at the place that `findIndex` names once it was read, as one step of undo.
 * A file that cannot be taken is refused in words, and the text stays as it was.
 */
async function takeFile(parts: TransferParts, file: File, findIndex: () => number): Promise<void> {
	const taken = await readDocument(parts, file);
	if (taken.kind === "refused") {
		const size = importBytesMax / 1_000_000;
		parts.tell(t(refusals[taken.why], { name: file.name, size }));
		return;
	}
	const { quill } = parts;
	const index = Math.min(findIndex(), quill.getLength() - 1);
	const contents = asLines(taken.value);
	if (contents.length() === 0) return;
	clipboardOf(quill).takeIn({ index, length: 0 }, fitted(quill, index, contents));
	parts.tell(t("text.imported", { name: file.name }));
}

async function readDocument(parts: TransferParts, file: File): Promise<Taken<Delta>> {
	if (file.size > importBytesMax) return { kind: "refused", why: "tooLarge" };
	const decoded = decodeText(new Uint8Array(await file.arrayBuffer()));
	if (decoded.kind === "refused") return decoded;
	const text = decoded.value;
	const taken = (ops: Delta["ops"]) => ({ kind: "taken", value: new Delta(ops) }) as const;
	switch (formatOfName(file.name)) {
		case "html":
			return taken(clipboardOf(parts.quill).convert({ html: text, text }).ops);
		case "markdown": {
			const { photoOf } = await photoNamesOf(parts.client);
			return taken(readMarkdown(text, photoOf));
		}
		case "delta": {
			const read = readDelta(text);
			return read.kind === "refused" ? read : taken(read.value);
		}
		case "text":
			return taken(readPlain(text));
	}
}

/** What `createQuill` made it. */
function clipboardOf(quill: Quill): RoomClipboard {
	return quill.clipboard as unknown as RoomClipboard;
}

/** Contents whose last line ends, as every line does. */
function asLines(contents: Delta): Delta {
	const last = contents.ops.at(-1)?.insert;
	if (last === undefined || (typeof last === "string" && last.endsWith("\n"))) return contents;
	return contents.insert("\n");
}

/** Whole lines between the two halves of the line that they fall into. */
function fitted(quill: Quill, index: number, contents: Delta): Delta {
	const [line, offset] = quill.getLine(index);
	if (line === null) return contents;
	const isRestEmpty = offset >= line.length() - 1;
	const isPlainEnd = contents.ops.at(-1)?.attributes === undefined;
	const whole = isRestEmpty && isPlainEnd ? contents.slice(0, contents.length() - 1) : contents;
	if (offset === 0) return whole;
	const formats = Object.entries(quill.getFormat(index, 0)).filter(([name]) => isOfLine(name));
	return new Delta().insert("\n", Object.fromEntries(formats)).concat(whole);
}

function isOfLine(name: string): boolean {
	return [...lineKinds, "indent", "align", "direction"].includes(name);
}
