import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

// Libraries are reached only through the folder that wraps them; see the layout in the package's README.
const fence = (...groups) => ['error', { patterns: groups.map(([group, message]) => ({ group, message })) }];
const look = [['antd', 'antd/*', '@ant-design/*', 'echarts', 'echarts/*'], 'Wrap it in src/ui.'];
const wire = [['openapi-fetch', '**/schema'], 'Ask src/lib/api.'];

export default ts.config(
  { ignores: ['src/lib/api/schema.d.ts'] },
  ...ts.configs.recommended,
  { files: ['**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks }, rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error', 'no-restricted-imports': fence(look, wire), 'no-restricted-properties': ['error', { property: 'dangerouslySetInnerHTML', message: 'Foreign text goes through src/lib/text.' }], 'no-restricted-syntax': ['error', { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Foreign text goes through src/lib/text.' }, { selector: "MemberExpression[property.name='innerHTML']", message: 'Foreign text goes through src/lib/text.' }], '@typescript-eslint/no-unused-expressions': 'off' } },
  { files: ['src/ui/**'], rules: { 'no-restricted-imports': fence(wire) } },
  { files: ['src/lib/api/**'], rules: { 'no-restricted-imports': fence(look) } },
  { files: ['src/lib/**/*.{ts,tsx}'], ignores: ['src/lib/api/**'], rules: { 'no-restricted-imports': fence(look, wire, [['**/features/**', '**/app/**', '**/ui/**'], 'lib knows no page.']) } },
);
