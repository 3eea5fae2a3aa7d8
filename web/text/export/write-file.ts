/** The document as the text of a file. */
import type { Op } from "quill/core";
import { escapeHtml, htmlOf } from "../quill/copy-html.ts";
import type { FileFormat } from "./formats.ts";
import { linesOf, textOfLine } from "./lines.ts";
import { writeMarkdown } from "./write-markdown.ts";
import type { PhotoNames } from "./write-words.ts";

/** What is written besides the ops themselves. */
export interface FileFacts {
	readonly title: string;
	/** Of the reader's page, for those who read aloud. */
	readonly language: string;
	readonly photos: PhotoNames;
}

/** The ops of a whole document, as Y.Text or Quill tells them, in a format. */
export function writeFile(format: FileFormat, ops: readonly Op[], facts: FileFacts): string {
	switch (format) {
		case "markdown":
			return writeMarkdown(ops, facts.photos);
		case "html":
			return writePage(ops, facts);
		case "text":
			return linesOf(ops)
				.map((line) => `${textOfLine(line)}\n`)
				.join("");
		case "delta":
			return `${JSON.stringify({ ops })}\n`;
	}
}

/** A page that stands by itself, and looks like a document in any browser. */
function writePage(ops: readonly Op[], { title, language, photos }: FileFacts): string {
	const body = htmlOf(ops, (photo) => {
		const src = photos.urlOf(photo);
		return { alt: photos.captionOf(photo), ...(src === null ? {} : { src }) };
	});
	return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>${body}</body>
</html>
`;
}

const pageStyle = `
:root { color-scheme: light dark; font: 1.0625rem/1.65 system-ui, sans-serif; }
body { max-width: 43rem; margin: 3rem auto; padding: 0 1.25rem; overflow-wrap: break-word; }
p, h1, h2, h3, li, blockquote { unicode-bidi: plaintext; text-align: start; }
p { margin: 0 0 0.45em; white-space: pre-wrap; }
img { max-width: 100%; height: auto; }
pre { padding: 0.8rem 1rem; overflow-x: auto; background: light-dark(#f1efe9, #2a2d33); }
blockquote { margin: 0; padding-inline-start: 1.1em; border-inline-start: 3px solid; }
li[data-list="checked"], li[data-list="unchecked"] { list-style: none; }
li[data-list="checked"]::before { content: "\\2611\\00a0"; }
li[data-list="unchecked"]::before { content: "\\2610\\00a0"; }
`;
