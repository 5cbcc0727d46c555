import { join } from 'path';
import { Assembly } from '../../scripts/site/assembly';
import { javaPackages, withJavaImports } from '../../scripts/site/java-imports';
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

test('types of Kubernetes are imported from their module in Python', () => {
  expect(withPythonImports('from cdk8s_plus_27.PodSpec import PodSpec\nfrom cdk8s_plus_27.Container import Container, Container\nfrom cdk8s_plus_27 import Service\n\nPodSpec()\n')).toBe(
    'from cdk8s_plus_27 import Service\nfrom cdk8s_plus_27.k8s import Container, PodSpec\n\nPodSpec()\n');
});

test('all types are imported in Java, each once', () => {
  const packages: { readonly [name: string]: string } = { List: 'java.util', WeightedArm: 'library', PodSpec: 'k8s', IPipelineStep: 'library' };
  const code = 'import library.Model;\nimport org.cdk8s.App;\n\nIPipelineStep step = f(List.of(WeightedArm.builder().build(), PodSpec.builder()), Caller.of("a"));\nModel.Builder.create();\n';
  expect(withJavaImports(code, (name) => packages[name])).toBe(
    'import java.util.List;\nimport k8s.PodSpec;\nimport library.IPipelineStep;\nimport library.Model;\nimport library.WeightedArm;\nimport org.cdk8s.App;\n'
    + code.slice(code.indexOf('\n\n') + 1));
});

test('packages in Java are those of the library and its peers', () => {
  const root = join(__dirname, '../..');
  jest.spyOn(Assembly, 'in').mockReturnValue({ types: [{ name: 'WeightedArm' }] } as never);
  const packageOf = javaPackages(root);
  expect(['WeightedArm', 'ApiObjectMetadata', 'PodSpec', 'List', 'Other'].map(packageOf)).toEqual([
    'io.github.cdk8sseldonistio', 'org.cdk8s', 'org.cdk8s.plus27.k8s', 'java.util', undefined,
  ]);
});
