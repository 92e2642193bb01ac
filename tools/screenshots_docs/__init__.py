"""The manual's pictures: the real window, a real station, the demo footage, driven by keys.

xvfb-run -s "-screen 0 1920x1080x24" python -m tools.screenshots_docs docs/pictures [--only NAME]

The footage stands still at each traveller, and the clock is the script's own, so that a second
run gives the same night. Nobody in it exists. English pictures are `name.png`, Chinese ones
`name.zh-CN.png`.
"""
