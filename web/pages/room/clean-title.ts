/** What may be a title. */
import { roomTitleLengthMax } from "../../../shared/limits.ts";

/** A title as it is kept: one line, trimmed, bounded, no half of a pair at its end. */
export function cleanTitle(text: string): string {
	const line = text.replace(/\s+/g, " ").trim().slice(0, roomTitleLengthMax);
	return line.replace(/[\ud800-\udbff]$/, "").trimEnd();
}
