/** Why files were not shared, in words. Pure. */
import { inLocale } from "../../ui/language.ts";
import { sayFailure, t, tCount } from "../../ui/messages.ts";
import "../../ui/messages/photos.ts";
import type { Refusal } from "./upload-state.ts";

/** Files that are called by name for each reason; further ones are counted. */
const namesMax = 3;

const list = inLocale((locale) => new Intl.ListFormat(locale, { type: "conjunction" }));

/** One line for each reason, with the names of the files it holds for. */
export function sayRefusals(refusals: readonly Refusal[]): string[] {
	const byCode = new Map<Refusal["code"], string[]>();
	for (const { code, fileName } of refusals) {
		byCode.set(code, [...(byCode.get(code) ?? []), fileName]);
	}
	return [...byCode].map(([code, files]) => sayReason(files, sayFailure(code)));
}

function sayReason(files: readonly string[], why: string): string {
	const [file = ""] = files;
	if (files.length === 1) return t("photos.refused.one", { file, why });
	const named = files.slice(0, namesMax);
	const restCount = files.length - named.length;
	const rest = restCount > 0 ? [tCount("photos.refused.more", restCount)] : [];
	return t("photos.refused.many", { files: list().format([...named, ...rest]), why });
}
