/** The formats of the document: those of the allow-list and no others, as Quill's blots. */

import Block from "quill/blots/block";
import Break from "quill/blots/break";
import Cursor from "quill/blots/cursor";
import Inline from "quill/blots/inline";
import Scroll from "quill/blots/scroll";
import TextBlot from "quill/blots/text";
import { Parchment } from "quill/core";
import { AlignClass } from "quill/formats/align";
import Blockquote from "quill/formats/blockquote";
import Bold from "quill/formats/bold";
import CodeBlock, { Code, CodeBlockContainer } from "quill/formats/code";
import { DirectionClass } from "quill/formats/direction";
import Header from "quill/formats/header";
import IndentClass from "quill/formats/indent";
import Italic from "quill/formats/italic";
import Link from "quill/formats/link";
import ListItem, { ListContainer } from "quill/formats/list";
import Strike from "quill/formats/strike";
import Underline from "quill/formats/underline";
import { safeLink } from "../../../shared/surfaces/text.ts";
import { type PhotoMaker, photoBlot, UnknownBlot } from "./embeds.ts";

/**
 * Lines of code may hold what other lines hold. Quill's own would drop photos, which puts all later
 * indexes off, and formats, which others would then see again when the line becomes a paragraph.
 */
class CodeLine extends CodeBlock {
	static override allowedChildren = Block.allowedChildren;
	static override requiredContainer = CodeBlockContainer;
}

/** Lines take their direction from their first strong letter, unless somebody chose one. */
function directed(node: HTMLElement): HTMLElement {
	node.dir = "auto";
	return node;
}

/** A line that is nothing else. */
class Paragraph extends Block {
	static override create(value?: unknown): HTMLElement {
		// biome-ignore lint/complexity/noThisInStatic: the parent makes what the subclass names.
		return directed(super.create(value) as HTMLElement);
	}
}

/** Three sizes of headings; what was pasted as a smaller one is the third. */
class Heading extends Header {
	static override tagName = ["H1", "H2", "H3"];

	static override create(value?: unknown): HTMLElement {
		// biome-ignore lint/complexity/noThisInStatic: as above.
		return directed(super.create(value) as HTMLElement);
	}
}

class Quote extends Blockquote {
	static override create(value?: unknown): HTMLElement {
		// biome-ignore lint/complexity/noThisInStatic: as above.
		return directed(super.create(value) as HTMLElement);
	}
}

class Item extends ListItem {
	static override create(value: string): HTMLElement {
		// biome-ignore lint/complexity/noThisInStatic: as above.
		return directed(super.create(value));
	}
}

/** Links that lead to where `safeLink` allows, and tell nothing to who is there. */
class SafeLink extends Link {
	static override sanitize(address: string): string {
		return safeLink(String(address)) ?? Link.SANITIZED_URL;
	}
}

/** All blots of one editor. `makePhoto` draws a photo of the room. */
export function makeRegistry(makePhoto: PhotoMaker): Parchment.Registry {
	const registry = new Parchment.Registry();
	registry.register(Paragraph, Break, Cursor, Inline, Scroll, TextBlot);
	registry.register(Bold, Italic, Underline, Strike, Code, SafeLink);
	registry.register(Heading, Quote, CodeLine, CodeBlockContainer, Item, ListContainer);
	registry.register(IndentClass, AlignClass, DirectionClass);
	registry.register(photoBlot(makePhoto), UnknownBlot);
	return registry;
}
