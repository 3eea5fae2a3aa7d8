/** What is said where an address leads nowhere. */
import type { TemplateResult } from "lit";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/wrong-address.ts";
import { wordsPage } from "../words-page.ts";

/** Of what cannot be the name of a room; `begin` makes one with another name. */
export function badName(name: string, begin: () => void): TemplateResult {
	return wordsPage({
		title: t("frame.bad.title"),
		text: t("frame.bad.text", { name }),
		action: { label: t("frame.home.newRoom"), run: begin },
	});
}

/** Of what was cut off, or never was; `goHome` leads to all rooms. */
export function nothingHere(goHome: () => void): TemplateResult {
	return wordsPage({
		title: t("frame.unknown.title"),
		text: t("frame.unknown.text"),
		action: { label: t("frame.goHome"), run: goHome },
	});
}
