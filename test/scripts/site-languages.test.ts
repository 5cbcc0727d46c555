import { withPythonImports } from '../../scripts/site/python-imports';
import { withTabs } from '../../scripts/site/tabs';

const details = (title: string, language: string, code: string) => `<details><summary>${title}</summary>\n\n\`\`\`${language}\n${code}\n\`\`\`\n\n</details>\n`;

test('languages that code hosts unfold are tabs of the site', () => {
  const page = `# Model\n\n\`\`\`ts\na();\n\`\`\`\n\n${details('Python', 'python', 'b()')}\n${details('C#', 'csharp', 'c();')}\nMore.\n`;
  expect(withTabs(page)).toBe(
    '# Model\n\n::: code-group\n\n```ts [TypeScript]\na();\n```\n\n```python [Python]\nb()\n```\n\n```csharp [C#]\nc();\n```\n\n:::\n\nMore.\n');
});

test('other blocks, and other details, stay as they are', () => {
  const page = `\`\`\`ts\na();\n\`\`\`\n\nText.\n\n${details('Requests', 'shell', 'curl')}`;
  expect(withTabs(page)).toBe(page);
});

test('a module is imported once in Python, with each name once', () => {
  expect(withPythonImports('from library import Arm, Arm\nfrom cdk8s import Chart, App\nfrom library import Model\n\napp = App()\n')).toBe(
    'from cdk8s import App, Chart\nfrom library import Arm, Model\n\napp = App()\n');
});
