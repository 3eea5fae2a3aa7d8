/** Times in words, as the reader's language has them. */
import type { Millis } from "../../shared/clock.ts";
import { inLocale } from "./language.ts";
import { t } from "./messages.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const relative = inLocale(
	(locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "long" }),
);
const timeOfDay = inLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
const dayAndTime = inLocale(
	(locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
);
const day = inLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }));

/** "just now", "5 minutes ago", "yesterday"; beyond a month the day itself. */
export function timeAgo(atMs: Millis, nowMs: Millis): string {
	const agoMs = nowMs - atMs;
	if (agoMs < minuteMs) return t("frame.justNow");
	if (agoMs < hourMs) return relative().format(-Math.floor(agoMs / minuteMs), "minute");
	if (agoMs < dayMs) return relative().format(-Math.floor(agoMs / hourMs), "hour");
	if (agoMs < 30 * dayMs) return relative().format(-Math.floor(agoMs / dayMs), "day");
	return day().format(atMs);
}

/** "12:04". */
export function clockTime(atMs: Millis): string {
	return timeOfDay().format(atMs);
}

/** "12:04" today, else the day too. */
export function momentOf(atMs: Millis, nowMs: Millis): string {
	const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
	return isToday ? clockTime(atMs) : fullTime(atMs);
}

/** The whole moment, for a tooltip. */
export function fullTime(atMs: Millis): string {
	return dayAndTime().format(atMs);
}
