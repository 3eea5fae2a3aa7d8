/**
 * What a name is found by: two that look alike to most people are one. Letters of another script
 * that look the same (a Cyrillic а) are not known here; members have a mark of their own besides.
 */
export function nameKey(name: string): string {
	return name
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[\p{Default_Ignorable_Code_Point}\p{White_Space}]/gu, "");
}
