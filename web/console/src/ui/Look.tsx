import { App, ConfigProvider, theme as antdTheme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState, type ReactNode } from 'react';
import { isDark, languageOf, usePreferences } from '../lib/preferences';

const systemDark = () => matchMedia('(prefers-color-scheme: dark)');

export function useDark(): boolean {
  const preferences = usePreferences();
  const [system, setSystem] = useState(() => systemDark().matches);
  useEffect(() => {
    const media = systemDark();
    const change = () => setSystem(media.matches);
    media.addEventListener('change', change);
    return () => media.removeEventListener('change', change);
  }, []);
  return isDark(preferences, system);
}

// The library derives shades from real colours, so the shared tokens are read from the style sheet.
function readTokens() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--x-${name}`).trim();
  return {
    colorPrimary: of('brand'),
    colorInfo: of('info'),
    colorSuccess: of('good'),
    colorWarning: of('warn'),
    colorError: of('bad'),
    colorLink: of('link'),
    colorTextBase: of('text'),
    colorBgBase: of('surface'),
    colorBgContainer: of('surface'),
    colorBgElevated: of('raised'),
    colorBgLayout: of('ground'),
    colorBorder: of('line-strong'),
    colorBorderSecondary: of('line'),
    colorTextPlaceholder: of('text-3'),
    colorTextLightSolid: of('on-brand'),
    colorTextDescription: of('text-2'),
    borderRadius: 6,
    fontSize: 13,
    controlHeight: 30,
    fontFamily: of('font'),
  };
}

// Look gives every part below it the chosen theme and language.
export function Look({ children }: { children: ReactNode }) {
  const dark = useDark();
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  const language = languageOf(usePreferences());
  const token = readTokens();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
        token,
        components: { Button: { primaryShadow: 'none', defaultShadow: 'none' }, Tooltip: { colorBgSpotlight: dark ? '#33423f' : '#20302d', colorTextLightSolid: '#fff' } },
      }}
    >
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}
