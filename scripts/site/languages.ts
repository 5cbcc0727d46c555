import { SnippetParameters, TargetLanguage, Translator, typeScriptSnippetFromVisibleSource } from 'jsii-rosetta';
import { javaPackages, withJavaImports } from './java-imports';
import { withPythonImports } from './python-imports';

/** The languages of the library in addition to TypeScript. */
export const LANGUAGES = [
  { language: TargetLanguage.PYTHON, fence: 'python', title: 'Python' },
  { language: TargetLanguage.JAVA, fence: 'java', title: 'Java' },
  { language: TargetLanguage.GO, fence: 'go', title: 'Go' },
  { language: TargetLanguage.CSHARP, fence: 'csharp', title: 'C#' },
] as const;

/** A program in each language. */
export type Translations = readonly { readonly fence: string; readonly title: string; readonly code: string }[];

/**
 * Translates programs with the types of the library, which must have been compiled.
 *
 * @param root The folder of the library.
 * @throws an error if a program does not compile.
 */
export function translated(programs: ReadonlyMap<string, string>, root: string): ReadonlyMap<string, Translations> {
  const translator = new Translator(true);
  const packageOf = javaPackages(root);
  const imports: ReadonlyMap<TargetLanguage, (code: string) => string> = new Map([
    [TargetLanguage.PYTHON, withPythonImports],
    [TargetLanguage.JAVA, (code: string) => withJavaImports(code, packageOf)],
  ]);
  const all = [...programs].map(([name, source]) => {
    const location = { api: { api: 'file' as const, fileName: `${name}.ts` } };
    const parameters = { [SnippetParameters.$COMPILATION_DIRECTORY]: root };
    const snippet = translator.translate(typeScriptSnippetFromVisibleSource(source, location, true, parameters));
    const code = LANGUAGES.map(({ language, fence, title }) => {
      const { source: written } = snippet.get(language)!;
      return { fence, title, code: imports.get(language)?.(written) ?? written };
    });
    return [name, [{ fence: 'ts', title: 'TypeScript', code: source }, ...code]] as const;
  });
  const [problem] = translator.diagnostics;
  if (problem !== undefined) throw new Error(`a program does not compile: ${problem.formattedMessage}`);
  return new Map(all);
}
