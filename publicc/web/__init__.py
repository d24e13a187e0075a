"""The site's shell: base page, components, design tokens, sign-in, language, theme, errors, help.

Words: shell, rail, component, token. Holds no figure of its own: screens come from
`dashboards`, deposits from `intake`.
How to write a page: docs/explanation/front-end.md.
"""
