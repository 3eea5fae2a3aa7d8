/** One Quill, with Weft's formats, keys, clipboard and history, and nothing else of Quill's. */
import Quill from "quill/core";
import { replacedBindings } from "../lean/replaced-bindings.ts";
import { RoomClipboard, type RoomClipboardOptions } from "./clipboard.ts";
import type { PhotoMaker } from "./embeds.ts";
import { RoomHistory } from "./history.ts";
import { makeRegistry } from "./registry.ts";

Quill.register({ "modules/history": RoomHistory, "modules/clipboard": RoomClipboard }, true);

/** What an editor is made of. */
export interface EditorParts {
	readonly container: HTMLElement;
	readonly placeholder: string;
	readonly label: string;
	readonly makePhoto: PhotoMaker;
	readonly clipboard: RoomClipboardOptions;
}

/** Files that are taken as photos; the server looks at their bytes. */
const photoTypes = ["png", "jpeg", "gif", "webp", "avif", "heic", "heif", "bmp", "tiff"].map(
	(kind) => `image/${kind}`,
);

/** Where Quill is bundled as it comes, these do nothing. */
const bindings = Object.fromEntries(replacedBindings.map((name) => [name, null]));

/** Makes the editor inside `parts.container`, empty. */
export function createQuill(parts: EditorParts): Quill {
	const quill = new Quill(parts.container, {
		placeholder: parts.placeholder,
		registry: makeRegistry(parts.makePhoto),
		modules: {
			keyboard: { bindings },
			clipboard: parts.clipboard,
			uploader: {
				mimetypes: photoTypes,
				handler: (range: { index: number; length: number }, files: File[]) =>
					parts.clipboard.takeFiles(files, range.index, range.length),
			},
		},
	});
	quill.root.setAttribute("role", "textbox");
	quill.root.setAttribute("aria-multiline", "true");
	quill.root.setAttribute("aria-label", parts.label);
	quill.root.spellcheck = true;
	return quill;
}

/** The history of an editor that `createQuill` made. */
export function historyOf(quill: Quill): RoomHistory {
	return quill.history as unknown as RoomHistory;
}
