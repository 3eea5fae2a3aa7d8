/** What stands in the text like one character: a photo of the room, or what cannot be shown. */
import Embed from "quill/blots/embed";
import { type PhotoId, parsePhotoId } from "../../../shared/ids.ts";
import { t } from "../../ui/messages.ts";
import { unknownEmbed } from "../delta.ts";
import { photoAttribute } from "./photo-attribute.ts";

/** Makes the element that shows a photo. */
export type PhotoMaker = (photo: PhotoId) => HTMLElement;

/** Class of a photo in the text. */
export const photoClass = "weft-text-photo";

/** The blot of photos: its value is the photo's id, its element comes from `makePhoto`. */
export function photoBlot(makePhoto: PhotoMaker): typeof Embed {
	return class PhotoBlot extends Embed {
		static override blotName = "photo";
		static override tagName = "SPAN";
		static override className = photoClass;

		static override create(value: unknown): HTMLElement {
			// biome-ignore lint/complexity/noThisInStatic: the parent makes what the subclass names.
			const node = super.create(value) as HTMLElement;
			const photo = typeof value === "string" ? parsePhotoId(value) : null;
			node.setAttribute(photoAttribute, photo ?? "");
			if (photo !== null) node.append(makePhoto(photo));
			return node;
		}

		static override value(node: Element): string | undefined {
			return node.getAttribute(photoAttribute) || undefined;
		}
	};
}

const originals = new WeakMap<Node, unknown>();

/** Stands for an embed of another editor; keeps what it was, and shows that something is there. */
export class UnknownBlot extends Embed {
	static override blotName = unknownEmbed;
	static override tagName = "SPAN";
	static override className = "weft-text-unknown";

	static override create(value: unknown): HTMLElement {
		// biome-ignore lint/complexity/noThisInStatic: the parent makes what the subclass names.
		const node = super.create(value) as HTMLElement;
		originals.set(node, value);
		node.title = t("text.unknownHint");
		node.append(t("text.unknown"));
		return node;
	}

	static override value(node: Element): unknown {
		return originals.get(node) ?? null;
	}
}
