/** What makes y-quill show the author and everybody else different lines. */
import type { Person } from "./pair.ts";

/** Each by what the author does. */
export const scenarios = {
	"a heading on the last line": ({ quill }: Person) => {
		quill.insertText(0, "Title", "user");
		quill.formatLine(0, 1, "header", 1, "user");
	},
	"a list on the last line": ({ quill }: Person) => {
		quill.insertText(0, "milk", "user");
		quill.formatLine(0, 1, "list", "bullet", "user");
	},
	"a block of code": ({ quill }: Person) => {
		quill.insertText(0, "let a = 1;\nlet b = 2;", "user");
		quill.formatLine(0, 20, "code-block", true, "user");
	},
	"new contents": ({ quill }: Person) => {
		quill.insertText(0, "old\nold", "user");
		quill.setContents([{ insert: "new\n" }, { insert: "list" }], "user");
	},
	"contents that end in a heading": ({ quill }: Person) => {
		const heading = { insert: "\n", attributes: { header: 2 } };
		quill.setContents([{ insert: "new\nTitle" }, heading], "user");
	},
	"a pasted document": ({ quill }: Person) => {
		const html = "<h1>Title</h1><ul><li>one</li><li>two</li></ul><p>end</p>";
		quill.clipboard.dangerouslyPasteHTML(0, html, "user");
	},
	"deleting everything": ({ quill }: Person) => {
		quill.insertText(0, "Title\nwords\n", "user");
		quill.formatLine(0, 1, "header", 1, "user");
		quill.deleteText(0, quill.getLength(), "user");
	},
	"halves of characters that only code can make": ({ quill }: Person) => {
		quill.insertText(0, "a👍b👍c", "user");
		quill.deleteText(1, 1, "user");
		quill.insertText(1, "\ud83d", "user");
	},
};

/** The name of one. */
export type ScenarioName = keyof typeof scenarios;

/** What an editor may write that knows neither Weft's formats nor embeds nor whole characters. */
export const strangers = {
	"an embed that nobody knows": ({ text }: Person) => {
		text.insertEmbed(1, { nosuch: 1 });
		text.insertEmbed(0, { image: "data:image/png;base64,AAAA" });
		text.insertEmbed(0, { formula: "<img src=x onerror=alert(1)>" });
	},
	"formats off the list": ({ text }: Person) => {
		text.format(0, 2, { color: "red", header: 9, link: "javascript:alert(1)", size: "huge" });
	},
	"half of a character deleted": ({ text }: Person) => {
		text.delete(4, 1);
	},
	"carriage returns": ({ text }: Person) => {
		text.insert(2, "x\r\ny\r\n");
	},
	"a line that is two things": ({ text }: Person) => {
		text.insert(0, "both");
		text.insert(4, "\n", { header: 1, list: "bullet" });
		text.format(4, 1, { list: null });
	},
};

/** The name of one. */
export type StrangerName = keyof typeof strangers;
