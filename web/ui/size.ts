/** Sizes in words. */
import { inLocale } from "./language.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

const formats = units.map((unit, unitIndex) =>
	inLocale(
		(locale) =>
			new Intl.NumberFormat(locale, {
				style: "unit",
				unit,
				unitDisplay: unitIndex === 0 ? "long" : "short",
				maximumFractionDigits: unitIndex < 2 ? 0 : 1,
			}),
	),
);

/** "812 bytes", "14 kB", "3.2 MB". */
export function sayBytes(sizeBytes: number): string {
	const unitIndex = units.findIndex((_unit, index) => sizeBytes < 1_000 ** (index + 1));
	const index = unitIndex === -1 ? units.length - 1 : unitIndex;
	return formats[index]?.().format(sizeBytes / 1_000 ** index) ?? "";
}
