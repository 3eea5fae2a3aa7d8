import { describe, expect, test } from "vitest";
import { formatMs, formatNumber } from "../../../scripts/report/format.ts";
import { markup } from "../../../scripts/report/markup.ts";

describe("markup", () => {
	test("text cannot become a tag, nor leave an attribute", () => {
		const hostile = `"><script>alert('&')</script>`;
		expect(markup`<p title="${hostile}">${hostile}</p>`.source).toBe(
			'<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">' +
				"&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>",
		);
	});

	test("markup inside markup stays what it is", () => {
		const items = ["a", "<b>"].map((text) => markup`<li>${text}</li>`);
		expect(markup`<ul>${items}${null}</ul>`.source).toBe("<ul><li>a</li><li>&lt;b&gt;</li></ul>");
	});

	test("what cannot be seen, or turns the text around, is shown as a sign", () => {
		const text = "a\u0000b\u0007c\u202ed\u2066e\ud800f\tg\nh😀";
		expect(markup`${text}`.source).toBe("a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\tg\nh😀");
	});

	test("a coordinate has two places, and must be a number", () => {
		expect(markup`<a x="${1 / 3}" y="${-0.001}"/>`.source).toBe('<a x="0.33" y="0"/>');
		expect(() => markup`${Number.NaN}`).toThrow("NaN is not a place");
	});
});

describe("figures", () => {
	test.each([
		[0, "0 ms"],
		[0.0042, "4.2 µs"],
		[0.85, "0.85 ms"],
		[12, "12 ms"],
		[1_234, "1.23 s"],
		[90_000, "90 s"],
		[600_000, "10 min"],
		[9_000_000, "2.5 h"],
		[Number.NaN, "–"],
	])("%d ms is %s", (ms, text) => {
		expect(formatMs(ms)).toBe(text);
	});

	test("thousands stand apart, and no figure is lost", () => {
		expect([1234567.25, -1234, 0.1, 1e21].map(formatNumber)).toEqual([
			"1,234,567.25",
			"-1,234",
			"0.1",
			"1e+21",
		]);
	});
});
