/** A message in a few words: for quotes, labels, and whoever listens. */
import type { About } from "../../shared/surfaces/about.ts";
import type { ShownMessage } from "../../shared/surfaces/chat.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/chat.ts";

const excerptLengthMax = 80;

/** The name its author had. */
export function nameIn({ message }: ShownMessage): string {
	return message.name || t("chat.somebody");
}

/** Its beginning on one line, or what it is where it has no words. */
export function excerptOf({ body, message, removed }: ShownMessage): string {
	if (removed) return t("chat.removed");
	const line = body.replace(/\s+/g, " ").trim();
	if (line === "") return message.photo === undefined ? "" : t("chat.photo");
	if (line.length <= excerptLengthMax) return line;
	return `${line.slice(0, excerptLengthMax - 1).replace(/[\ud800-\udbff]$/, "")}\u2026`;
}

/** What a message speaks of. */
export function sayAbout(about: About): string {
	if (about.kind === "photo") return t("chat.about.photo");
	if (about.kind === "item") return t("chat.about.item");
	return t("chat.about.passage", { quote: about.quote });
}
