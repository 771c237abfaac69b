set out {}
lappend out [list t0-1-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAQAAAADMH+uAAAAABGdBTUEAAAAB/CJQ2wAAACNJREFUeNpjWRTHpKTAyFPCbFvP0sDAlOHAfG86E7MC82VJAFHWBkPhvZ4iAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-1-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAQAAAAG7GNsWAAAABGdBTUEAAAAB/CJQ2wAAADNJREFUeNpjdmBsYGJgbGB+wKLA0sDgwLyA6Q8DA8MJZhbGBOYNjHNcmD8XMLUxMAgrAADD1wmZYY5tZwAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-2-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAgAAAACLv5FQAAAABGdBTUEAAAAB/CJQ2wAAAC1JREFUeNpj/BOhwPRybQKTY1YJw1eTEKazvTwMBs++MOW+nMCi6dXM/Ea5GAD+lA3lH9JNtgAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-2-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAgAAAAH8uKHGAAAABGdBTUEAAAAB/CJQ2wAAAD5JREFUeNpjOMAUwNTAxMDiwXSCMYJhDxMfA6MfE5MiA+OEDwxqDkzXHZiDbzC0VVcws2a9Z5oU2sMyT6kPAEIrDhUFFDI/AAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-4-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJBAAAAAAE/2TwAAAABGdBTUEAAAAB/CJQ2wAAAEpJREFUeNoBPwDA/wRnm4DK0OQEMnDKY5okAoTOJlIC8ADOEH+A4iACYXII5w2gAS9i0eg/twP4z0MJHXQD57A2cNphA3E3tnsq61tIGvgQ2eiOAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-4-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJBAAAAAFz+FRmAAAABGdBTUEAAAAB/CJQ2wAAAFdJREFUeNoBTACz/wINAHYD4AIgBAGPAgnAAW6iBB5wBIJJvQGctqwAX8SwAl1pYAHCEhwDknPNAz1XGgOjT1pu/2AD4CzZPc5TAhRpMb4hoACu1GcloqCCWhpr7aPRqgAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-8-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAAAAADBD4nxAAAABGdBTUEAAAAB/CJQ2wAAACdJREFUeNoBbACT/wBBENny+gAlyO/lfwA3ck9NN+orFABAdwETiKY/X1r5kmezJAAAACdJREFU8nXJZAJy17+Fu7JcfeORsgF+kMTLf+9YnNhSWgF0ZeS3iBWcKuIRVhpSmQAAAClJREFUmwSPIY1HAVXyjBN4DAOGCdutYhBwKHfFbAAbbQxI1BoeXsnmoGeLL7NuR5ptAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-8-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAAAAAG2CLlnAAAABGdBTUEAAAAB/CJQ2wAAACtJREFUeNoBdgCJ/wSfiQErGQTiAP8Ci6IhAr83KQJXYU4EG8CTAmTkpfLSzwI3lEqzUUoAAAArSURBVP7Hk4ICwalWAY8C/blkDu8Bq9sHdAsD+D5Rsq4Bam0Nk14BsyRoK1j06D8VuvQcAAAAK0lEQVRP7dkBFKxR3DP/ZOC9jQwBNr3717tcIEe7X6cBflJR8OWwrIhb72NcqTTdbLGAlAAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-16-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAAAAACRn1WyAAAABGdBTUEAAAAB/CJQ2wAAANpJREFUeNoBzwAw/wSQDdBVR7N6Gambtg/9FfmKvQO6DCVuATRkzujxyINAbzPa5VU+grLh4cbM3MMAYQ9jaSZ1vpVbA+XyhRcDPjYoswtvbwATLbzHrhZIYRacaG+ChBOTaCkF06eNA8hR+MaokkxCzS0hepvI7GtFGaK1bYIDy7ZSwbuKty8pBm4uHXQOA61eRUUfMwEaS4WiF/MeIgE2NBux7qq2ZBYHS5nvAum3P12aSQT0ZeklARW6VsYj7oTh2kUBB5gT3y5+gylid5BKmgjzymh03+fBzWVTW73agEGuAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t0-16-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAAAAAHmmGUkAAAABGdBTUEAAAAB/CJQ2wAAAORJREFUeNoB2QAm/wAWRc8YBKhU8awAxpoCCPkD6qTBgMEOBKEJsQagGARRQKB7PDEEc5JNlPmTABUKpf3HmJzInc3Z+gIM8r4wND64wYS+qCkE9ykkKhHbRYXztQOYcSXbtRsqj+JhAkhrkLI5COCEPG4C3St3anEIuqD4nAP2zjOc2jxGd6mlAl2tb68VW8yrUB7EZLfqPwFMhn5+YpsEapn13HWf/K4LaEdx9tT5nvSZijqCKgHiSTKWAPEu4uhpdoWIUfPXpq+EQ8iDAm8Ake94+6f7H2figc3fT+HFHzTSliHsMGhh7mdUKAAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t2-8-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAIAAABrBkF6AAAABGdBTUEAAAAB/CJQ2wAAAGlJREFUeNoBMgHN/gOpKeIhRqddVJJVwMIhTIylr3Cq2Z1o9o7h9rCONlwluD8BRGi7r+mJFCsI37XUZFmtPXtPLN7gzHEEl8sMuUBtgr68AsL8jeAVkFIi1LPn1Lk2Emcky6aQOQYiEymMekspoy1YZQAAAGlJREFUZjZ6OgMo1TIGQtLiHB9SSc9dPEUrgfNJXeJKnhjHp58H6txQ4q4D+hIby9zB7lYqrRPGDY/V+dZu1Dy2ueaNKm2EXHILXCM6A4kOmVLWKq39k8dnj0LL4pp/GLJtwgr6tjWj3kx1oy/9ZDslIwAAAGtJREFUkQCRbXb/VDgp+zWntjDNyizYDL5pm4bbV8J360ARsqdP5qUExYBq8onKgvE5t9IhqMfkWKaUD/UOqd3OvXmEPOfWSSzyAznBxhwTi1BnZyWTIQpWlKm0oaLnRZQd3dfTTIlbxHgX9GyamEYrrPVQAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t2-8-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAIAAAEcAXHsAAAABGdBTUEAAAAB/CJQ2wAAAG1JREFUeNoBPAHD/gJdpwU+thwAn1T5TZ7bAjPpaAIg7IwCv9rW+EkRkd6vAxOAb6aSsnW2kgEOChefJqTnZfoE0uY+yqXULOJYAPYBj6T1+E6bxUewB5aAM+exTgI9W4MYUqaJdt63ZDWMh5NNeaMBx5FddsEAAABtSURBVPo2i2x8oaILeFYLFi77BPCDZInFByoj6egNfkTrOwEmXLiD1D/EpElBHisqjq8CsddO22pnnQjbKd15d3O5BEdutiya/btNLUjOI1/xvwMm1tehHMwYWLI3e4Y08MztOM9iGTyayjzXeWpVEGYnEFV4AAAAbUlEQVRHlv8CRPh+ehEui9JbcHNQG4I1JJAMqq07dgzov2RO3Rwvfb2PBJIAVY8Yvv+kgYJn8N9We4ujogDKHjd+KvQHvfnWfRbA7QBsTQfaAgQ+LW8+QvEJjXzmXxm7SiuW/+uCGhAFHwcox59wZpAk2uHc1AAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t2-16-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAIAAAA7lp05AAAABGdBTUEAAAAB/CJQ2wAAAmZJREFUeNoBWwKk/QP4MsNzZp77uj056imPFZ8FW4kdLY2tkbmqKiqBU8Or4WHHcXd02mk8j5Ql6g6s8uUvSf/HJhBjJaKriX+E4/DoI7sBFtX8jb+CIIDCvi7F84SRqLRo5rJhpu70+/2AkoKOXj/I01wpHSmXR228rMhVhmnvUVMvmGp35N1JJhQnxO2yjll5Avv9wbMrIcPtYpHeMBSM3xvi/5Sjx86eVb++LVvUXOkAxeoLCOyVyds5sVJI0G/bVIwuBbLXj5GbwARyGiBNlJDo2QNdczrbbJ6GapUXzyWFnvSOM/GPUkJ/fJg+9siO9IDxhMCvWsZ6QhOvBtKXFOVdD2+QvAMOj45WZJScgEPpFTQwp20EQEvfxBOQ1grKZqSZ68ju5tTzHU8oHS0MHnj2Yz73XMaJWHjxYCY7Hwx4SEWeQcsWxhqLIVPxcTHuaOzhmMxl7iYkAsf1fbaeDgLVyJUeIhGJbLpo2x7rktTn3ecBSLJMaX3lS5kY8voy+zFYjhe2nHyN6HuGlz0oNRaF9UgdwZfsITpwowMmdMx3E/MptfUUA36R2JEyieE71wfr0qydrOzs/xIbeMa6iCN4OBYuMH/s4V+2M4XZcXZ2JGWBuNJdFpyd8wbEMWwEtkQNA2LQ8GddbyaEIiaHe7lo8RFLglrI2Rvx7XSlt8SCcOz+RzomBMsO6bri8az2KLUtqUIHjEjLKIGisigffXzjAAkO7Yl6C+NvNKqzjjAUW6IXIIvIPwDuAPy4jyo4Vz57PjrPsUYedHJ0PUtg7JLLEFQiCXnHCddJEonKkBqbufytVhRqK6eoAK/VAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t2-16-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAIAAAFMka2vAAAABGdBTUEAAAAB/CJQ2wAAAnBJREFUeNoBZQKa/QCmVksStPMSUTN1gEwCJr+t71eItAMub2/QAWbNCqlzcQHKxLnSOtIBSjzfDMEGw9w5PsJUpqzProL2ALqWN9Jf/+hPF/EUnXkqFC6TNgGl0Xw8ptE6AmD0IZ3y2eODBtMCsi87Qxw875xFUnixDldSLcGpBHFzYKrEL+KlGnjhrj679Ijyb5FgRIJK+ZMbhcKSBP8mEOr0ZAECAJvhy41ir77SM1puzOWCTIRhxejFDeXsjeBrTvhuOlBYa48Ef6LYIgXqpNTO79jNJOoxWO6TyjmxqsC1LbZ+7FMNA4urmgOyGTDspYfCkaegIqan8QhjfXxzoyGWb5TNagMRQir7T7na6UYIbGC8RSdCdKFfAAiZVEGEja8g0vkBMm4H5w8eVsVCrlaJyBHtBak2q9W5xM6dTpeKn9mxAXydLMhY0OPm1yA8BkwEwoUXIi2t7mnScLn+/Yn8BgI54JxesfJVfj2iHuSJbStA7s5L/OFEP3JDQpZS0CaTnIxYfJ8s+pMH6IVxd8X3ZwK7z+v4m370qfAcnvoP2nwIqtYCVNGUTEJgNBIEh7WVq37X9uRU8SYdpowSCVo/pr/bpTw2/WvyvngAdcwFJILvv2EFCQ655Gj4CxvSy0VeisLiSPHUAU71YF3Xqqs9bUYKs7aQYpd2Cwr0c6FkUm27/S+eLBIj9/VW5p/quhTlpZPmEDw/ovMAvn9jg1dw99ycD1Gq7MLLaANhBwK9te/ySeNZZgEVwsLVfaKxFXRRq6GWi2eOQ1DzUhongh6mCvfATLKmp42b4Vym8P6DlTBdDjEM4OVe05VP7PkGfTKk7wbqpAAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-1-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAQMAAADeqkRuAAAABGdBTUEAAAAB/CJQ2wAAAAZQTFRFwGqY82h0UjeY3wAAACRJREFUeNpj2eXGeCqMeQsLY+1ihmsOLHsSmPY2MLJGs0QdAAB8igj2qKi+1gAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-1-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAQMAAAGprXT4AAAABGdBTUEAAAAB/CJQ2wAAAAZQTFRFU3iFfx5WNbzK4gAAADJJREFUeNpjPsCcwMzAyMB0gKWBRYGhgXEJow/jCsYI5jnMMgwODDoOzMwhzEmajH1GAK+wCBzloRDOAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-2-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAgMAAACZCj6+AAAABGdBTUEAAAAB/CJQ2wAAAAxQTFRFb74BENlJkSQc160guaSAZAAAAC1JREFUeNpjOPp4DlNWrwBL+3kJJubiCSzxoTUMxs5XGI6ZNDBW/NzMpLVyCQDuHA1egFMgpQAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-2-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJAgMAAAHuDQ4oAAAABGdBTUEAAAAB/CJQ2wAAAAxQTFRFtWLkCuE6Cvk4JYReBciqXgAAAEBJREFUeNoBNQDK/wFABKAAgASAARgC9AT0ArgDZS4CwsADmDQAKEADM70CY4AB1qoC8B98Av+DaASh4vIA5ZU8tK8S/UfVf9oAAAADdEVYdGEAYtxJojsAAAAASUVORK5CYII=}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-4-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJBAMAAAAWSsseAAAABGdBTUEAAAAB/CJQ2wAAADBQTFRFVIl5Cm8YzOVmkDJkex1CGCglrkUCYIoHpQ5spKcN+M+sWR3UFyyr/cyD7QYNoqAcLJdKagAAAEpJREFUeNoBPwDA/wHaeLJgx4UCAfh0jXPQALhIDztHwAPED+0wZZYBUGc4fGOSA3iFnWa9YgHHQQDPpOUC5oHuiAkwAJKg91rmEGGCG6UXUvtyAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-4-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJBAMAAAFhTfuIAAAABGdBTUEAAAAB/CJQ2wAAADBQTFRFOU0ERJpNtDFW7csu1K3LqxB4ZwcTRXbcNQoYoiE4PflF2wFbcks5tf4nsm5yJYtaZkY0CQAAAFdJREFUeNoBTACz/wALAe8CEAOIBPfJAYF/BCqgAtigBMwEtwKfjpUDgixKAsraQAD8woAEW+5bASzCYgCh6a2M2tAEwoD7ktRSAsRn30mUsAC9PUjDu5BvxSFc2QX5OgAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-8-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAMAAADTuiYfAAAABGdBTUEAAAAB/CJQ2wAAAwBQTFRFW5yMpYJ7h+Au/C1nQdiUvhbiwLsVl9Dcg7R6xUJiviBoqCQo5MLJ1P4NN+zs39TyWiHhy/tFBHZmzRSWqcbrPC5xJwc0/i1u6Bxmq/cc1UfQGUqkq2EDX4yGLKDEgpjK1xqdm3/C34OcZ0Maar/t+ki7rmbpGqAEItGlEoxw4JVma+jP42hoHVzePxlGJP5cB1T/cZZsUUppM+4wZy4Z1HKD4tlPHUQVUeSWd6NOnoSmbU12yBCnwk+Vci9l7Uxe3KrNOhO0PmsllPqyCf4vZviPmy1nR/CKdJkQMwCwY02ZGViqs+b2fqi6WziYI+gwOVLJ7BIRFDHTQ9S0J79TuFYuqQL1m0yFMDZ6O07+ijym731TFYO7ZZHOaEF6ejAHNhv6a3UsV06HD9nJOJU9K293fB99JawyFW5Zm68r7F0FotLQEC19S1VNsEdoZXCpIgH1E/6oIyBlGbvSL7JT/P5FhJsb7lTexZk7IoF2emXqefwZyMqvws8sdK3anAKZ+gg489bSmepKq20qtcnuEJWrLYpf4tB7PW4VwF7HiqpNuVVys8md/6NgU8gEAFk1feiAtDPARYHVJqnjiJe5nMAe//y6CR08weWfTeoRpvdGA4pJYBfIWI97lQ3X0CvC/LiOpVL9GLFHZh9TnVefG5jEuF+LnvNlpODON4W5yaPF8Yg5aObRUaEWTY7w0ieMyLnKkz6E5gYVnLW4h3wjMdM4nVRaPM7JrszI/6yzX0nTk0RtrSHTIgF43c5tjENNcXo/kBHDk0PEjCKLbXKeMLgouAskPqZvAepH5Iwe5BAU7zj3cpauqXVvapAPclgOidm/IIwtOczH0XMcvqiAJPRE3OjoYa5hOc5UkGMnCOBlZIdnlwsIILVp1QaHtVOhtZw1Flm11w/oNK82Trrx+Cqso/NBN4DHa7WACmKO38RS30RGBjhtwg4ELO0WaCSlrez4aQN8aLXDNTJAZuHp4SIb8FbMevDxSDz+wyB6dQLIchN8MGYAE+4YzXtwFtOGwT8XXgAAACdJREFUeNoBbACT/wMVRMiS8bsXRxovfAIhdRIbGvb2vEuXJgLNpws72z8X8MFMQAAAACdJREFUT0dOYQC0MCx6My28jJqelwSXzK+30CVq8CQzWADp0GsoCx4PRdwcNusHKgAAAClJREFUXAMiL9zvWkpekzFioQFTj3GftObzh803pAF2QPJYejV5KuPdjhCALWjY5MvcAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t3-8-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAMAAAGkvRaJAAAABGdBTUEAAAAB/CJQ2wAAAwBQTFRFG33QLWxvkwaF3Dxa4FWRyH+ugw4ua4RIIyLImycgIgcluSZIOfyM5lszgpvK0VjjMOuvpWkPxnM2arOrjgVhJS1Qn4ZcF0n2MR3Egi1yHyGXB4lCtbpaRr2AvbtVOX9UksIPcmNwxLt78YYDGTLBvXiQD/Hg+Ts46/svzzz49Vh22uEfPGEiiLjj8HqtHSRx927AOB7dHHpXoWwzKvSH7+tDJueiMmmPuCI98/aDXAUM8BB3/0e6SsakFbxddAjqKeZvEpLgR2KboGYhzQxUBrj3dyH0v/tsbmLwZ57pinOkENBar9MLv1J6AE+E6PPFRoV7PYzVTEZFpB1Vd9hVKefRgXJNidAwGt81CJQkk1lG1yXAmTvkfP+9Yt8mgcNcgnnSu4MlHfFspwTj865c7qZ33C1q0c1Ed724wv26QXFuiDkSRc/XJ/Doqraw36FZ9glSyb07lWh/ZL2aglMh6BdlB9OLDiMCWCt/Alh1WYd5CQw6Ki1lTPCrJbKjldX1hKocKodThy4gGoZDqK77SGAaTtjFlwh1nyTxMCFNYefvdi/x3kYGYm436nuE2KkdD3UMcZRs6GJeaJ+FQ1Afc+2tnsuhnByhLZYZpnlNWX3sD2WkPbnznyY2I8bf9yKBceai9Na+5KEaNeksjkQTQiDuEZkjrt8rSskwGhCTRTYkoVPQVnpYxtqtuT986jsuhMXyc16T7slnQmP7Nq1+DoLwTKSgWK5g1hwAdrAFghQTp3SiiLuav7TJwZE4dAbSfRpXTZ2BpsLfnUR6rBywWKNHGOmt8Oxtrrh/IDM8pw0NdL0kIv4aZezNn/TBnvCjsJ+0NiP35NUGdGpqubk/EezdDEPbL16UtjNxHXC73VDCJ9Vnp5qoX/sFScFUXQg5uRscagtu7E9tSU7gD9lFhI13127vGy8CrlR5gnZZdllnOOxui9ka+gDiLCPUSKPrV26s0X1ldFLRtt+bnlJv5CtIYqE/l17V9eH48o3xZfFKVncltMQjzjO12au0yE3uu+2N2gAAACtJREFUeNoBdgCJ/wMDAQJP3APNAbcDqmwLAPSYuwH9KSEBXFwQAaU8q36clQFMFp2fe0QAAAArSURBVJzagz8CFbXdUEoA9f26s/QDGYqFA3MES4G6aiIEWFGgDmYAzKdwrlDOXZIOAG/ZAAAAK0lEQVQ7RQ0DRNpNy55SOXaLh4QEoVSu/BUiqBx9Q6AEyODxNiI0+Jyv48BiKzDEsoxw1gAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t4-8-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAQAAABObR6mAAAABGdBTUEAAAAB/CJQ2wAAAEhJREFUeNoBzwAw/wQH59kkzL+fTv3mEcb3PrK30qfucegkAVKhbsDJC3k7oN8Ky047MG/tUcTe+WwB2gJSQgh8WXpRqKVHYpNMVsuHJigkUwAAAEhJREFUcYgXbQG9aR0lDxTkUG8lDoDRrJl9y8SSX+MqACwpEW7t8CmUr15FPV+FrFRTcvJygIQBH3EzKc4qw6hPab7LLiRYKYB3ju65E6uO6gAAAEpJREFUUADPVUbw8PyJvDL+qFOvMLzCOUf/kKnFAoxLyLJ47rbVt78Ro7Yp/J4oUpftdxIEqssf/tTX/BlKpc3LGYHHtXRrNK/GL7vrZrp/hFegAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t4-8-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAQAAAE5ai4wAAAABGdBTUEAAAAB/CJQ2wAAAExJREFUeNoB2QAm/wSlxK36AnDx700CS9sAaPcDGDR4zvHxAiLZDRu3vQQ0nJnmpP0Dd6j3RLVfAbZ7EGBPlmWiqXIKKARHavVb4p9npoH15T2WcSkAAABMSURBVAUEzw1pfYKBILrhfwPI7ng0Z2jjj59VBDLbwA4VnRZmpmECNFHdRROStG5LRQKWfBx9azRLVbtrA4JIEiwkJBIZNX8Jr7tunqd1ygtqE/k8AAAATElEQVQN3z8AKNidJeR9T1ic3aY221QX/j5QHZEUqwKDp+uEjZZ+fUBGqfVJyUuI9XPd8E+HAwJ8YduykFGBIwQGpU/TGNHeQ5XQuP2LSWIiz/9JhQAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t4-16-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAQAAAAe/cLlAAAABGdBTUEAAAAB/CJQ2wAAAaBJREFUeNoBlQFq/gCkL20D53C3RJzf6Pe4CywiuINqLXe13UWC+bufCJSLqx8qrvu4otG6EJHf+wGcbnVnEto3GUOAixZudsIY1QfEYjCdzRqVkIz3SrKXYZT2M2O8pffGvM/JHwFOzV3iAv1XdD8Ma7nuzIqrlSiv4QnOgiG+goi5dOVdXPAaejNO96gGQHKhqQK8kGvMd+ur0TNb5p1BtpGtkphS3SVMNziHXgdzvXC31FlT+VPbb5ozrPZvmQSagHZqS8VoehzkjPUQco4hLlI3Al9xxEQakDKpFOY0vxMWmiwVIAzrAaO5dgF7K8EhmETaZnZjVcxsgf8wEaUsVLzA0a2y7m0ufL1tkWFub0s0TKzxqXO+kARxTaushqC2v6Zwk0HVyo5Q/H3CmBCj/cMgBVmUzIaQjOJ9xyTpQMKWZgvMNgFw4sZrR0zlWNUX5qOf+Cy5D1T+Sm0liwQBcvToBTcYTShXufjjC2YxFRWQFQTiDZ/OLVdTQxhM8+LrVpsZc4z83NXb141PkaMFYsTkYSDZw2BG6oALZ6nnspbwyEGK94YSAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t4-16-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAQAAAFp+vJzAAAABGdBTUEAAAAB/CJQ2wAAAapJREFUeNoBnwFg/gOgwpSwlT0KsgMwz7a/WWlJYQSaHmb5A+1ZP+0BseL+E7pwZzrTupGwAjj4RP6jtkCnKV0Q/gMyaLcjuIH7XUMnViYAckS+O6iYN14SxqB2BD3aGedR3YAPU6n24LE35bllOdXqyQ2g9wSJzHU4lwbIItSBgNumroXmol6V40CwbyUDRJ33fWrYI8wrr5ONgv+LbsE4uCsDL3Maj75Jz320EnlsPwyhZ2b8u+MEfiS7Oo+aoY1T20y58PH+mc0K03sEfVnjDAZRAqV5jX4s65XhIozwieoDc4rTQQeg5H1KqbjZdDHVb8CH6BwCS5KI/yPyWrkL9ggRdaThSyyC6Gh6MV1tZ/SgyK16DVRDbaxTvtUh1iTwC4ABZLZw3ys+GsDv6bqUHpyGmXvgqO4ZR/2EsY1NSAsc9p8M41t1vpTA0LWihHoDrZTIiuMEPTa6qt0g5noQBfnLW0a/WDkC93uTRE4bxnU9jCpziIIQYBbjZWwDQhO+zJCoVZXk6bY6Yf3c6huwnQxmeZAu525DWh0PxHvlP0A9xZD1EqxWq/ueAc0M5DYHQgAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t6-8-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAYAAADkZNYtAAAABGdBTUEAAAAB/CJQ2wAAAIpJREFUeNoBlQFq/gNsGW7sRzDxRp7m8iaLTl+ux3Gt8Ch9kmPnX+JbcUux7t3SgfaLiAow49Rw7wG8W8rUguEjxbun153lkf4wxoH/Y+pDVBz4Lzn8QSZrbZBMkz0iZbxKsNPbxgQlxWpjkXrVicFd6fdOzVsLIboWWx1mwL0658s3akTjBQhaj9IXWyMJqwNEPQAAAIpJREFUNqEM/AIIhmVVXJb07rt8SHWNkHINql4Yuqjvk2TBjIhrKOfoRpO5fhErp2BfdzdXOALfM8szZ57PHOsLDgpZdWr9U8w9q/1wQlp7VzLU1JfokeBI9hjZczWnVHIIAgAG3nDC7gbhwAAwdM6Bewwy7NYufuWSbR2+ED8K+ErMT+yIscxSYS6r3mOUQfzM1gAAAIxJREFUpgQS4MRRvHwVedxicmATvsQnS6kJ7Qvsj44bmuhLWa45Y82eBRu949QGTsqAdAIBFEWa8nlPPkEgvyftxTlSzI7vsZOPABTSF70QrS20yBuaExQjxj4ssTnFqgOPrps3ZmmpCOBGozQ1FUvXvLN2oXhwr0JWLa2WcjeB8vjbocxKpLjGH5t6lwZ4xVfvDW9uAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t6-8-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJCAYAAAGTY+a7AAAABGdBTUEAAAAB/CJQ2wAAAI5JREFUeNoBnwFg/gAaPlMAoMlK5QGz/78d/Qs83QRJ+T1uAq9THMMC/OQT/9EnFSE/Fij5ACRPwkQbhDFdvk18CgOfccdM6AyNvThx3XIAYBevFW+r8ChyM6xMBJCVPG3QYV9Vg+ToO20D3gbvTmdMZ7knRAAS8G+nRuJpkcuvCzFY05I7gNOK6HGpdaQCyyCnqPQpukEAAACOSURBVJsUPutOnXUA4KdCXo2AXUUDepaQPHDfVmNHXodmRAt0VtwxuxED+sjg1C7U/cTahskWoRBssTRVQAwDvfNch0bf1+TuThibUJ+TPd+BA3ICcXZVXjAuTZ21Dt5QNmKaz9W2uuUCPmecA5ylMpDuUeI2L7LNXFJqJQMuzSpAfuga0eY7D8uuZnvfsei5QcW3IbjNAAAAjklEQVQildYCtuC8f2wu2vwQbouk2z0FCN3DTJuSmqp+avWh9lE4FNKMfljUJW/BmeNeMMsEa6gEz+DCOHgjsC7fgrlhRzhJcFtAbQi4lhy7qWH3kIQe3VcROW93+VsYpiAAZdyGrwyekAaLRmy7O7yvPVzagCzk/5y7Fa/Xhlzz/6hEfYQyeH5+EWR5Qv03i8LKxnq6ugAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t6-16-0 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAYAAAC09ApuAAAABGdBTUEAAAAB/CJQ2wAAAyxJREFUeNoBIQPe/ABgBvqAWu4oimiTsEPZo2BdIIUqNhZxQLkIFvn44IiBmYzoDvbSLIqCFQ6KrUX77DBqGGt3fHlLAQ5Iig5DKPkz0565RQGt3pbWmR0zNXH/LhWjz3ZFpvxnAfuEWZNKV87USMp+cEQAum/oN6N1raxjJI/SuK8iwIPHjA7WV9J8OgIwC5jaRcCXSaKqNsDo0tJCF0weaZssW0aheqbtcoPdVR2SVlTsZMxkw7l6PFYvJ9kCcBaIKexAbjto2XTuigcBb9grgmmckjALiLJ2o31HaYrc4dXUS7cRAlLSqyFmjEZHphLCOdJv0NvZRbEOQ2heWC3xS2jwGfQPznUiIyWS8iKdULBO51CyngI6MzwjQtQ/XTpiN4fYGFrNw7A/4KD8ROR5EJLE2OoUaCgGQahfcrVCW92YaBjhvf513Wy0qUXwyHcdmcU70hevspqKdE2r8dUmLEstL9QakFot72SmVZIGBC1WPNM3+5bxADS9IbRs7q6RR2H41VIp1isD8ZNtH2TyTLj5lvwtHQQKln9Z8cgBhxm4pheBX/nsHVskapu56fGgGuwxJYar4NFBoFWS+ZASQ5WCWA1vweMDTwi/jBK3PimMchdqAeCq/4UfuwW6z0F9fzz2DrRbLYCdOC4U9I4UJua8Letqi87emGBeextMAu/Pi3BJv3vUbL8k4z6r7G2h3wP/nnNXi9wHNxEJ83rfIACl3ZBvjFmLgSxpd9sWNyt0w4OzKV+X3zyt7onJfthUR5cqW/c4wFkjD7V7yLxP8+VFita878dUrhV5vqgsGQlzos9JQw0kHrleBEH1m9aWtTeHUNnRLk+CAvJLE//Nl7n/uYTdec7Lo5+Z143QPI3m8Zh0HCL8GXpxJi/RAnAbkMshw8FoxnI+/QhC0l21Gnz09DR0dwePU8M1/zzclVP+pOx0SwukJiiIeltf7H1+mmYDoMTFKYF4eXG8kf6A2ZVoFTR2lccYOElIannTXK4DYVfLBs/N7CNW/a644VMeCNbLop7Quqpn6QnHUxfyp+STNvQztGOx/ff3GJb77WiM6wm7ak1LbsH0nwgkinEwNFkmAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list t6-16-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAsAAAAJEAYAAAHD8zr4AAAABGdBTUEAAAAB/CJQ2wAAAzZJREFUeNoBKwPU/ABArua6QiippCaK06M/UbDvBFoSidwySU0IsbGaOCqTBm4D8CInFi1JzOoEE/9deo7p98MAobjzSVMczfl7Gb2gQbEq/Kg4vrNyCnk+AKzg9MfLsr7tKAXjs+ONnedxeXsFcZOuvQI5e2qeaEpzmR4K9QobdMJgbhHOOveLxuIBJaM5R3HOQxdXK2261DuRIW5Lwx+y23FKBHCANTABG78ZEUfY5CVPyPaIoqQ5r8aFfhDabcSk9t5DmRwUJdBdPR7aYnzvqVNZggTgPbiWnwLJqELaHHWCM55o7CB9bmhzfR7VM1MqAMO8jmBr6cA6lUx79IED5uwowSUBA7H6kkwxBJYLZAIOywA7d5a6e4ZufqYgDcCC5uqY926PCN9J+4SeiwRrvNflOOSlB0qLVL93v9pl32NdMUWC15GMebQPHFXG1ro/ObxUGOFPBIO4fy0h0Rkp9njXe3LtfOcbcvUL6ZY+PVa2omA/189bkTP+A1CQrG0Dd63iz0G3TfD3Yn+icUTQtyy1TtNMs/vuh10nGSUDoJ4aScrZIE9IQQSrqLF2bSaSi3AFl9b9Pxk2YzkwN9JCDQgdtcGceAqh2Xs/0T57bCmfAAv6zXiMHpKlHO0Hx9ZImebHfJmHVvrxNOic7YCSac1wFIYx7+6YpThfSg4i+gpZ+nZDitC9Cjj1qFEDM7TistHGVDmCrRWpGKiUnFVIy1oHC9ggR+xmoKgA0Vxl9it5DJkdZ0rp4PSv617B0QrSupeA26lilAF+L0xDgkGKgsviwVlXAqgN+bqgo9QJfB7a3O2G5Xlre7k2NOb+ay8ma3WGNx913nInMpbg3jnmpg7epwGw6KmGIWgkY+zbk8/SjjjmUO+zmw3PciY40iPM3TuSyOlTLvWKkVD4xu1m4gSuBwOP5eAV/BtL3R0fHo22TRCkGlRj1Bow+t0u2tCWqZ6q1UGCEIhoA1yoBE4cvHZ6Q989aalwVuC3RdxK9If7nqtHiYn1tNGYkrvwGDlhyMcpYcJjEPkREZLHRuLTpm3RK2dx+t0U4WTKbsS4/3NgFRDZZIIa1jEKqKKI3aTaG6atDDVbDY5kwxHLyQAAAAN0RVh0YQBi3EmiOwAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns0-1 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGAQAAAAAndbnbAAAABGdBTUEAAAAB/CJQ2wAAAAJ0Uk5TAAEBlP2uAAAAFElEQVR42mPpYXnAsItBgKGL5RkAFjoDsyKwUIUAAAADdEVYdGEAYtxJojsAAAAASUVORK5CYII=}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns0-4 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGBAAAAADvlTarAAAABGdBTUEAAAAB/CJQ2wAAAAJ0Uk5TAAfo91ibAAAAJ0lEQVR42mMo3n5rA8PZwGkJjDHSGROZGbtWhzBXZGhEM6VVH/kAALVIC8Stt3dWAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns0-8 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGCAAAAAAqZduqAAAABGdBTUEAAAAB/CJQ2wAAAAJ0Uk5TAICbK04YAAAAO0lEQVR42gEwAM//BIANIBl+ph8BLI/VvGjvAQHTKYTM9yZTAwoVA0u+i0YCBd9phD69qwHVJZcv/Ksmo+0Sdg6VX7YAAAADdEVYdGEAYtxJojsAAAAASUVORK5CYII=}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns0-16 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGEAAAAAB69QfpAAAABGdBTUEAAAAB/CJQ2wAAAAJ0Uk5TEjQv00leAAAAZUlEQVR42gFaAKX/ARI0Kfgwi4V6Nkmuqa7IBBIRAcTIvMaY1jl24X+UBATluK0efs2MlyOxTUKFBPFWX0VVbHulTxZ0trX4A3wEgktYmLfT0P1EULsoAZGNpdtfyoSUZ1DUOyajMcIqBfpxjtUAAAADdEVYdGEAYtxJojsAAAAASUVORK5CYII=}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns2-8 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGCAIAAACAbBMhAAAABGdBTUEAAAAB/CJQ2wAAAAZ0Uk5TAAEAAgADyUur9QAAAI9JREFUeNoBhAB7/wQBAgNqrpsnagRbCdPZX3GJAVT3+zQC5VMyNTkHL0K9YWxZQHVK0qeeDPTHAo4j4wVDgUCmpMOxZOztdw59VOtaAQQ4omDa/jKzPUjIukp7dJvT1tkD41QE2m3zs6kC9MRq6t3WnZTxWhcl23onA36JgXaSyW3esnn/1mVo5IsssN6xUQoLQD/7Q5WMAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns2-16 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGEAIAAADQ/M9iAAAABGdBTUEAAAAB/CJQ2wAAAAZ0Uk5TAQIDBAUGXpLRFgAAAQ1JREFUeNoBAgH9/gIBAgMEBQY6loMQQvIO53JZxSv/xnq0tgiosIHdReeaIr4VfvmeYyR0DKsDDVmYiKp9v4r4ciHm2pFFAgx7zSmQCDMdpjzkKtdsHNyUmSRaav3e9oTCAPAQCRu0H5AHEDbttgECAwQFBgEapLa1FWVDLDkJ9vOMtxZ/4FIOLLDIYAIfoLYbD++kIgb1JZ7DFuRABC5KCXLp+3XacwFoS0VvBHXACq2bPaZM5m4COvmeLvTOz6kmjg49HWpOlZ6gEuOTVZzhwkzWY7HL5l0JHp0g1JDmZk0bACmcpHdYsElB/DGnJYLbmStxreuSjRbXPJ1AdPVSEFDRl8H3zLoPwgAiIrIucfjGVbr7AAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list trns3-4 [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGBAMAAAGKJ6nTAAAABGdBTUEAAAAB/CJQ2wAAADBQTFRFKzD4TKQY2/ZqXSXxQZ6VOu78QcQLs8MUgyS9Ufp7kOA6UYiWcoIF0r25J4j63uYjQvF4twAAAAR0Uk5TAID/B1/mFcsAAAAuSURBVHjaYxBgFGA5zajBMI3JWo9liw1L63eWRUcZC/U5djBWs318x9Re+HMCALArDD+z+WlAAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list small-palette [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAMAAAC6sdbXAAAABGdBTUEAAAAB/CJQ2wAAAAlQTFRFRbVg71utI6b2g54ZBAAAACBJREFUeNoNxrEBACAMgLCC/n9y0UzRAe9OdMyAyeUvHnScCRTGRZPCAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list one [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAFoEvQfAAAABGdBTUEAAAAB/CJQ2wAAAA1JREFUeNpj8NI+fxcABCkCIjwcM3EAAAADdEVYdGEAYtxJojsAAAAASUVORK5CYII=}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list tall [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAEAAAAUCAIAAAG0a/BgAAAABGdBTUEAAAAB/CJQ2wAAAFtJREFUeNoBUACv/wAe0EYCew0nAysJRwLOjx8AtdvXANc37QBjsRQDynqfAPZLsgKK33MCF0qFAseMIgSDbQwCUHepAKI9jwGVcukBK5c5AF5drgT/kJsB/NvhbisenyprMzMAAAADdEVYdGEAYtxJojsAAAAASUVORK5CYII=}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list wide [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAABQAAAABAQAAAAGB7oMeAAAABGdBTUEAAAAB/CJQ2wAAABFJREFUeNpjfsDCwKLAdN8BAAnYAi3DvSSsAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list stored [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAkAAAAJCAIAAABv85FHAAAABGdBTUEAAAAB/CJQ2wAAAQdJREFUeAEB/AAD/wKNFSZrT6YdKE/5aMBenGMYdm9GECr+tznyo8gAE9cWxbEWkV/BG2YRRFMIxwtUcTnfWgbR+hVtAfMqbkuluK+h7/zosg3SE6HFPDTNZLpApbdOjgQUznrDnW+BoCkN3WrGQOEyQDIoo5MzPMhnJ/0CV0H6ZWLXUCEp4sy+Jsg4fTAl7KnYHGIp3KcEAMxy997wufwGbbKTk1RpIC9ptk4uSRWLpVmcYAIXBUFbFXTomO+rP8vX5ACmqtqh3EUONeKZiu0AVvRSBaC7E0JmJREcUmOHAz9st6Ar8UKx4zn8A/rd1Az9dD0SSQEwBGOjMcuXMMAKICb9Lrvujjf7crqG3YZ/AAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list plain [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAAAkAAAAJCAIAAABv85FHAAAABGdBTUEAAAAB/CJQ2wAAAQdJREFUeAEB/AAD/wD0JU+EhPlpUnbuugGJiAQ5/fCU5CVX/kKbhzgAzAokgn8QY+7JpVXM/26F/VGtjSdcA+OX32mzAO8fJ5KC6EwQmNJBg96+5rEFOCwCh9M2J39iogAmFSt9rnRBpuBaRC978ygHFjvmRIhBsKEaxoQAlZ7XoT1dNpO8tiA29InLpulD45CQjF45DntAALgIo5Ob/yJ/bweB8k8/qS5GPjQV/HmZOM0p8QAXPbpxQBcw2UqX+HbM9GzFWB+savyHjm9t6gIAyExrH+vqAwQW2z2E0qCStW77lu19n76iUZXAADijSfLU4LO57dTIuFq9RwMcZqKuWvP8Q9JzfhfUevjuwlAlAAAAA3RFWHRhAGLcSaI7AAAAAElFTkSuQmCC}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
lappend out [list flat [catch {
image create photo p -data {iVBORw0KGgoAAAANSUhEUgAAADwAAAAyCAIAAACPlC9VAAAATElEQVR4nO3OQQ0AMAgEsPviZHLwr2Ye4EeaVECT1Nhb6IVIS0tLS0tLS0tLS0tLS0tLn013jb2FXpCWlpaWlpaWlpaWlpaWlpa+mv4YyhM1U9HKYQAAAABJRU5ErkJggg==}
} m] $m]
lappend out [image width p]x[image height p] [p data]; set t {}
for {set y 0} {$y < [image height p]} {incr y} {for {set x 0} {$x < [image width p]} {incr x} {append t [p transparency get $x $y]}}
lappend out $t; image delete p
join $out \n
