/** What is fetched with the first words: their layout, their painter, their tool and the field. */
import "./words.css";
import type { ToolName } from "../tools/tool.ts";
import { WordsEditor } from "./editor.ts";
import { openMeasure } from "./font.ts";
import { WordsLayer } from "./layout.ts";
import { paintWords } from "./words-painter.ts";
import { WordsTool, type WordsToolPorts } from "./words-tool.ts";

/** What words work on. */
interface WordsKitPorts extends Omit<WordsToolPorts, "lay" | "kind"> {
	/** The tool in the hand. */
	readonly tool: () => ToolName;
}

/** The words of one board. */
export class WordsKit {
	/** Puts them down. */
	readonly tool: WordsTool;
	/** The field in which they are typed. */
	readonly editor: WordsEditor;

	constructor(ports: WordsKitPorts) {
		const layer = new WordsLayer(openMeasure());
		const lay: WordsToolPorts["lay"] = (item) => layer.lay(item);
		ports.stage.layer.paintWords(paintWords);
		ports.scene.layWords(lay);
		this.editor = new WordsEditor({ ...ports, lay });
		const kind = () => (ports.tool() === "note" ? "note" : "text");
		this.tool = new WordsTool({ ...ports, lay, kind }, this.editor);
	}

	/** Ends what is being typed. */
	close(): void {
		this.editor.finish();
	}
}
