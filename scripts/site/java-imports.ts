/** A Java program with the imports of the collections that it uses, which jsii-rosetta leaves out. */
export function withJavaImports(code: string): string {
  const lines = ['List', 'Map'].filter((name) => new RegExp(`\\b${name}\\.of\\(`).test(code)).map((name) => `import java.util.${name};\n`);
  return `${lines.join('')}${code}`;
}
